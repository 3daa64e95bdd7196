import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { bareEtag } from "@/lib/clients/bucket";
import { copyObject } from "@/lib/clients/bucket-copy";
import { deleteObject } from "@/lib/clients/object-store";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { coolCourse, getColdStorage, recallCourse } from "@/lib/services/storage-archive-service";
import { requeueTiers, settleTier } from "@/lib/services/storage-cooling-service";
import { moveCourse } from "@/lib/services/course-service";
import { openMedia } from "@/lib/services/playback-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { createCourse, createEnrolment, createLesson, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { archive, AT_HAND, BODY, bucketsWith, COLD, coldCourse, fileRow, jobsOf, stateOf, storedVideo, videoInParts } from "./cold-steps";
import { outcomes, startAnew, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let admin: MemberActor;

beforeEach(async () => {
  store.onRequest = undefined;
  organization = await createOrganization();
  admin = await createMember(organization, "admin");
});

const settle = (id: string) => settleTier(system, { organizationId: organization.id, mediaFileId: id });
const runJobs = () => drainJobs(new Date(Date.now() + 20_000));

describe("a course's videos", () => {
  test("go to the second bucket and come back; what learners have, and what the usage says, stays as it is", async () => {
    await startAnew();
    const videos = [await storedVideo(organization), await videoInParts(organization, 2)];
    const [video] = videos;
    const course = await coldCourse(organization, videos, false);
    const learner = await createMember(organization, "learner");
    const enrolment = await createEnrolment(course, learner.userId, { completedAt: new Date() });
    const usage = await storageOf(organization.id);
    await coolCourse(admin, { courseId: course.id });
    expect(await runJobs()).toEqual({ completed: 2, failed: 0 });
    for (const { id } of videos) expect(await stateOf(id)).toEqual(COLD);
    expect(await storageOf(organization.id)).toEqual(usage);
    expect(await db.enrolment.findUniqueOrThrow({ where: { id: enrolment.id } })).toMatchObject({ completedAt: enrolment.completedAt });
    const source = await openMedia(learner, { mediaFileId: video?.id ?? "", download: false });
    expect(Buffer.from(await (await fetch(source.url)).arrayBuffer())).toEqual(BODY);
    const cold = await getColdStorage(admin, { courseId: course.id });
    expect(cold).toMatchObject({
      way: { frozen: false },
      sums: { cold: { files: 2 }, leaving: { files: 0 } },
      saving: { files: 2, money: null },
    });
    const report = await sweep("DELETE");
    expect({ state: report.state, found: await outcomes(report.id) }).toEqual({ state: "DONE", found: {} });
    expect(await requeueTiers(system)).toEqual({ enqueued: 0 });

    await recallCourse(admin, { courseId: course.id });
    expect(await runJobs()).toEqual({ completed: 2, failed: 0 });
    for (const { id } of videos) expect(await stateOf(id)).toEqual(AT_HAND);
    expect(await storageOf(organization.id)).toEqual(usage);
    const row = await fileRow(videos[1]?.id ?? "");
    expect({ etag: row.etag, checksum: row.checksum }).toEqual({ etag: videos[1]?.etag, checksum: videos[1]?.checksum });
    const actions = await db.auditEvent.findMany({ where: { organizationId: organization.id }, orderBy: { createdAt: "asc" } });
    const moves = ["media.archived", "media.archived"];
    const back = ["media.brought-back", "media.brought-back"];
    expect(actions.map(({ action }) => action)).toEqual(["course.media-cooled", ...moves, "course.media-recalled", ...back]);
  });

  test("come back by themselves when the course is restored", async () => {
    const video = await storedVideo(organization);
    const course = await coldCourse(organization, [video]);
    await settle(video.id);
    await moveCourse(admin, { courseId: course.id, move: "restore" });
    expect(await getColdStorage(admin, { courseId: course.id })).toMatchObject({ coldSince: null, sums: { returning: { files: 1 } } });
    await runJobs();
    expect(await stateOf(video.id)).toEqual(AT_HAND);
  });

  test("stay at hand while another course needs them, and follow when that one is cold as well", async () => {
    const video = await storedVideo(organization);
    const course = await coldCourse(organization, [video]);
    const other = await createCourse(organization, { title: "Needs it" });
    await createLesson(other, { videoId: video.id });
    Object.assign(env, { STORAGE_PRICE_PER_GB_MONTH: 0.02, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: 0.004 });
    onTestFinished(() => {
      Object.assign(env, { STORAGE_PRICE_PER_GB_MONTH: undefined, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: undefined });
    });
    const own = await storedVideo(organization);
    await createLesson(course, { videoId: own.id });
    await db.mediaFile.update({ where: { id: own.id }, data: { bytes: 2n * 1024n ** 3n } });
    expect((await getColdStorage(admin, { courseId: course.id })).saving).toEqual({
      files: 1,
      bytes: 2 * 1024 ** 3,
      money: { amount: expect.closeTo(0.032, 9) as number, currency: "USD" },
    });
    await db.lesson.deleteMany({ where: { videoId: own.id } });
    expect(await getColdStorage(admin, { courseId: course.id })).toMatchObject({
      videos: [{ tier: "at-hand", heldBy: "Needs it" }],
      saving: { files: 0, bytes: 0 },
    });
    await settle(video.id);
    expect(await stateOf(video.id)).toMatchObject({ place: "main", tier: "STANDARD", buckets: ["main"] });
    await moveCourse(admin, { courseId: other.id, move: "archive" });
    await coolCourse(admin, { courseId: other.id });
    await runJobs();
    expect(await stateOf(video.id)).toEqual(COLD);
  });

  test("are moved by who manages storage, of archived courses, and in no other organization", async () => {
    const video = await storedVideo(organization);
    const course = await coldCourse(organization, [video]);
    const input = { courseId: course.id };
    const stranger = await createMember(await createOrganization(), "owner");
    for (const act of [coolCourse, recallCourse, getColdStorage])
      await expect(act(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await settleTier(system, { organizationId: stranger.organization.id, mediaFileId: video.id });
    expect(await stateOf(video.id)).toMatchObject({ tier: "STANDARD", buckets: ["main"] });
    const instructor = await createMember(organization, "instructor");
    await expect(getColdStorage(instructor, input)).resolves.toMatchObject({ sums: { leaving: { files: 1 } } });
    for (const act of [coolCourse, recallCourse]) await expect(act(instructor, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const live = await createCourse(organization);
    await expect(coolCourse(admin, { courseId: live.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("what happens while a video is copied", () => {
  /** Runs once, when the copy arrives at the archive. */
  const whenCopied = (work: () => Promise<unknown>) => {
    let done = false;
    store.onRequest = async ({ operation, bucket }) => {
      if (done || operation !== "PutObject" || bucket !== archive().bucket) return undefined;
      done = true;
      await work();
      return undefined;
    };
  };

  test("a lesson of a live course that takes it keeps it at hand", async () => {
    const video = await storedVideo(organization);
    await coldCourse(organization, [video]);
    const lesson = await createLesson(await createCourse(organization));
    whenCopied(() =>
      inTransaction(async (tx) => {
        await attachFile(tx, admin, video.id, "VIDEO");
        await tx.lesson.update({ where: { id: lesson.id }, data: { videoId: video.id } });
      }),
    );
    await settle(video.id);
    expect(await stateOf(video.id)).toEqual(AT_HAND);
    expect(await jobsOf(video.id)).toHaveLength(1);
  });

  test("its release and purge leave nothing in either bucket, and its reason as it was", async () => {
    const video = await storedVideo(organization);
    const course = await coldCourse(organization, [video]);
    whenCopied(async () => {
      await db.lesson.deleteMany({ where: { courseId: course.id } });
      const purgeAfter = new Date(Date.now() - 1000);
      await db.mediaFile.update({ where: { id: video.id }, data: { state: "RELEASED", purgeAfter } });
      expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id })).toBe(true);
    });
    await settle(video.id);
    expect(await stateOf(video.id)).toMatchObject({ state: "PURGED", tier: "STANDARD", stateReason: "RELEASED", buckets: [] });
    expect(await storageOf(organization.id)).toMatchObject({ used: 0, ledger: { used: 0 } });
  });

  test("its recall by another job leaves no copy behind that no row names", async () => {
    const video = await storedVideo(organization);
    const course = await coldCourse(organization, [video]);
    whenCopied(async () => {
      await recallCourse(admin, { courseId: course.id });
      await settle(video.id);
      expect(await stateOf(video.id)).toEqual(AT_HAND);
    });
    await settle(video.id);
    expect(await stateOf(video.id)).toEqual(AT_HAND);
  });

  test("another key that it is given is the one that goes, and nothing stays behind under the former", async () => {
    const video = await storedVideo(organization);
    await coldCourse(organization, [video]);
    const fileKey = `${video.fileKey}.moved`;
    whenCopied(async () => {
      await copyObject({ key: video.fileKey, etag: bareEtag(video.etag ?? ""), bytes: BODY.length }, fileKey);
      await db.mediaFile.update({ where: { id: video.id }, data: { fileKey } });
      await deleteObject(video.fileKey);
    });
    await settle(video.id);
    expect(await stateOf(video.id)).toEqual(COLD);
    expect(await bucketsWith(video.fileKey)).toEqual([]);
  });

  test("a second job for the same file does no harm", async () => {
    for (const checksum of [undefined, null]) {
      const video = await storedVideo(organization, checksum === null ? { checksum } : {});
      const course = await coldCourse(organization, [video]);
      await Promise.allSettled([settle(video.id), settle(video.id), settle(video.id)]);
      await settle(video.id);
      expect(await stateOf(video.id)).toEqual(COLD);
      await recallCourse(admin, { courseId: course.id });
      await Promise.allSettled([settle(video.id), settle(video.id)]);
      await settle(video.id);
      expect(await stateOf(video.id)).toEqual(AT_HAND);
    }
  });
});

test("a cold video that is released stays where it is, can be taken back from there, and is purged there", async () => {
  const video = await storedVideo(organization);
  const course = await coldCourse(organization, [video]);
  await settle(video.id);
  const release = async (purgeAfter: Date) => {
    await db.lesson.updateMany({ where: { videoId: video.id }, data: { videoId: null } });
    await db.mediaFile.update({ where: { id: video.id }, data: { state: "RELEASED", purgeAfter } });
  };
  await release(new Date(Date.now() + 60_000));
  await settle(video.id);
  expect(await stateOf(video.id)).toEqual({ ...COLD, state: "RELEASED" });
  await db.course.update({ where: { id: course.id }, data: { status: "DRAFT", mediaColdSince: null } });
  await inTransaction(async (tx) => {
    await attachFile(tx, admin, video.id, "VIDEO");
    await tx.lesson.updateMany({ where: { courseId: course.id }, data: { videoId: video.id } });
  });
  await runJobs();
  expect(await stateOf(video.id)).toEqual(AT_HAND);

  await db.course.update({ where: { id: course.id }, data: { status: "ARCHIVED", mediaColdSince: new Date() } });
  await settle(video.id);
  await release(new Date(Date.now() - 1000));
  expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id })).toBe(true);
  expect((await stateOf(video.id)).buckets).toEqual([]);
});
