import { beforeEach, describe, expect, test } from "vitest";
import { coldTarget } from "@/lib/clients/cold-storage";
import { deleteObject } from "@/lib/clients/object-store";
import { getQueue } from "@/lib/clients/queue";
import { findTierFile } from "@/lib/data/storage-archive";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { recallCourse } from "@/lib/services/storage-archive-service";
import { requeueTiers, settleTier } from "@/lib/services/storage-cooling-service";
import { leaveArchive, leaveMain } from "@/lib/services/storage-shift-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import {
  archive,
  AT_HAND,
  BODY,
  bucketsWith,
  bytesOf,
  COLD,
  coldCourse,
  dieAt,
  jobsOf,
  stateOf,
  storedVideo,
  videoInParts,
} from "./cold-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let admin: MemberActor;

beforeEach(async () => {
  store.onRequest = undefined;
  organization = await createOrganization();
  admin = await createMember(organization, "admin");
});

const settle = (id: string, workingTime?: number) =>
  settleTier(system, { organizationId: organization.id, mediaFileId: id }, workingTime === undefined ? {} : { workingTime });
const runJobs = () => drainJobs(new Date(Date.now() + 20_000));

describe("a move that dies", () => {
  const toArchive = ({ bucket }: { bucket: string }) => bucket === archive().bucket;
  const calls = [
    ["before a byte is copied", "PutObject", toArchive, false],
    ["copied, before the row says so", "PutObject", toArchive, true],
    ["proved, before the row names the archive", "HeadObject", toArchive, true],
    ["before what is left is deleted", "DeleteObject", (seen: { bucket: string }) => !toArchive(seen), false],
    ["deleted, before the row says so", "DeleteObject", (seen: { bucket: string }) => !toArchive(seen), true],
  ] as const;

  test.each(calls)("on its way out, %s, is gone on with, and ends as one that nobody disturbed", async (_when, operation, there, acted) => {
    const video = await storedVideo(organization);
    await coldCourse(organization, [video]);
    let heads = 0;
    // Of the HEADs the last one, which the row's change rests on.
    const died = dieAt((seen) => seen.operation === operation && there(seen) && (operation !== "HeadObject" || (heads += 1) === 4), acted);
    await expect(settle(video.id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(died()).toBe(true);
    store.onRequest = undefined;
    expect((await bucketsWith(video.fileKey)).length).toBeGreaterThan(0);
    expect(await stateOf(video.id)).toMatchObject({ tier: "ARCHIVED", settled: false, stateReason: "TIER_UNREACHABLE" });
    expect((await bytesOf(video.id)).equals(BODY)).toBe(true);
    // The job was lost with its process: the nightly search finds the file.
    await requeueTiers(system);
    expect(await jobsOf(video.id)).toHaveLength(1);
    await runJobs();
    expect(await stateOf(video.id)).toEqual(COLD);
  });

  test.each(calls.filter(([, operation]) => operation !== "HeadObject"))(
    "on its way back, %s, is gone on with, and ends as one that nobody disturbed",
    async (_when, operation, there, acted) => {
      const video = await storedVideo(organization);
      const course = await coldCourse(organization, [video]);
      await settle(video.id);
      await recallCourse(admin, { courseId: course.id });
      await (await getQueue()).deleteAllJobs();
      const died = dieAt((seen) => seen.operation === operation && !there(seen), acted);
      await expect(settle(video.id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      expect(died()).toBe(true);
      store.onRequest = undefined;
      expect((await bytesOf(video.id)).equals(BODY)).toBe(true);
      await requeueTiers(system);
      expect(await jobsOf(video.id)).toHaveLength(1);
      await runJobs();
      expect(await stateOf(video.id)).toEqual(AT_HAND);
    },
  );

  test("with some parts sent sends the others alone, and one whose time is over leaves the rest to another job", async () => {
    const video = await videoInParts(organization, 4);
    await coldCourse(organization, [video]);
    const sent: string[] = [];
    store.onRequest = ({ operation, query }) => {
      if (operation !== "UploadPart") return undefined;
      const part = query.get("partNumber") ?? "";
      if (part === "4" && !sent.includes("4")) {
        sent.push("4");
        return { kind: "error", status: 403, code: "AccessDenied" };
      }
      sent.push(part);
      return undefined;
    };
    await expect(settle(video.id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await settle(video.id, 0);
    expect(await jobsOf(video.id)).toHaveLength(1);
    await runJobs();
    expect(await stateOf(video.id)).toEqual(COLD);
    expect(sent.toSorted()).toEqual(["1", "2", "3", "4", "4"]);
  });

  test("is refused, and the original kept, when the copy would not be what was uploaded", async () => {
    const video = await storedVideo(organization, { checksum: `${"B".repeat(43)}=` });
    await coldCourse(organization, [video]);
    await expect(settle(video.id)).rejects.toThrow("have the sum");
    expect(await stateOf(video.id)).toMatchObject({ place: "main", buckets: ["main"], stateReason: "TIER_COPY_DIFFERS" });
    await db.mediaFile.update({ where: { id: video.id }, data: { etag: '"another"' } });
    await expect(settle(video.id)).rejects.toThrow("not what the ledger knows");
    await deleteObject(video.fileKey);
  });
});

test("a video that is purged after its job has died leaves nothing in either bucket", async () => {
  const video = await storedVideo(organization);
  const course = await coldCourse(organization, [video]);
  dieAt(({ operation, bucket }) => operation === "PutObject" && bucket === archive().bucket, true);
  await expect(settle(video.id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  store.onRequest = undefined;
  expect(await bucketsWith(video.fileKey)).toEqual(["main", "archive"]);
  await db.lesson.deleteMany({ where: { courseId: course.id } });
  await db.mediaFile.update({ where: { id: video.id }, data: { state: "RELEASED", purgeAfter: new Date(Date.now() - 1000) } });
  expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id })).toBe(true);
  expect(await bucketsWith(video.fileKey)).toEqual([]);
});

test("a job that was overtaken while it slept deletes nothing", async () => {
  const video = await storedVideo(organization);
  const course = await coldCourse(organization, [video]);
  const address = { organizationId: organization.id, mediaFileId: video.id };
  const sleeper = { actor: system, address, target: coldTarget, deadline: new Date(Date.now() + 60_000) };
  await settle(video.id);
  const asLeft = await findTierFile(address, video.id);
  if (!asLeft) throw new Error("the ledger has the video");
  await leaveArchive(sleeper, asLeft);
  expect(await stateOf(video.id)).toEqual(COLD);
  await db.course.update({ where: { id: course.id }, data: { mediaColdSince: null } });
  await settle(video.id);
  await leaveMain(sleeper, asLeft);
  expect(await stateOf(video.id)).toEqual(AT_HAND);
});
