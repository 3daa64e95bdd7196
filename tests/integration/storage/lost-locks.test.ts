import { beforeEach, expect, test } from "vitest";
import { findObject } from "@/lib/clients/object-store";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { settleTier } from "@/lib/services/storage-cooling-service";
import { expireReservation } from "@/lib/services/storage-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { storageOf, upload } from "../../support/uploads";
import { archive, AT_HAND, BODY, bytesOf, coldCourse, stateOf, storedVideo } from "./cold-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  store.onRequest = undefined;
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

/** Ends the transactions that wait for the store, as their time limit does when it takes too long: their locks are gone. */
const loseLocks = () => db.$executeRaw`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()`;

/** Once, while the main bucket is asked for the uploads under a key by somebody who holds the row's lock. */
function whileListed(bucket: string | undefined, work: () => Promise<unknown>): () => boolean {
  let done = false;
  store.onRequest = async (seen) => {
    if (done || seen.operation !== "ListMultipartUploads" || seen.bucket !== bucket) return undefined;
    done = true;
    await loseLocks();
    await work();
    return undefined;
  };
  return () => done;
}

test("an upload that is completed after its end has lost the lock keeps its object", async () => {
  const body = Buffer.alloc(MIN_PART_BYTES + 100, "Some notes.\n");
  const { mediaFileId, fileKey } = await upload(author, "ATTACHMENT", "notes.txt", body);
  await db.mediaFile.update({ where: { id: mediaFileId }, data: { reservedUntil: new Date(Date.now() - 1000) } });
  const lost = whileListed(process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, () => completeUpload(author, { mediaFileId }));
  await expect(expireReservation({ organizationId: organization.id, id: mediaFileId })).rejects.toThrow();
  expect(lost()).toBe(true);
  expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId } })).toMatchObject({ state: "READY" });
  expect((await findObject(fileKey))?.bytes).toBe(body.length);
  expect(await storageOf(organization.id)).toMatchObject({ used: body.length, ledger: { used: body.length } });
});

test("a video that was called back while a job held it no longer is not deleted by that job", async () => {
  const video = await storedVideo(organization);
  const course = await coldCourse(organization, [video]);
  const settle = () => settleTier(system, { organizationId: organization.id, mediaFileId: video.id });
  const lost = whileListed(process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, async () => {
    expect(await stateOf(video.id)).toMatchObject({ place: archive().name, buckets: ["main", "archive"] });
    await db.course.update({ where: { id: course.id }, data: { mediaColdSince: null } });
    await settle();
    expect(await stateOf(video.id)).toEqual(AT_HAND);
  });
  await expect(settle()).rejects.toThrow();
  expect(lost()).toBe(true);
  expect((await stateOf(video.id)).buckets).toEqual(["main"]);
  expect((await bytesOf(video.id)).equals(BODY)).toBe(true);
});
