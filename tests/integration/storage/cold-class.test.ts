import { beforeEach, describe, expect, test } from "vitest";
import { copyObject } from "@/lib/clients/bucket-copy";
import { bareEtag } from "@/lib/clients/bucket";
import { examineObject, type ColdTarget } from "@/lib/clients/cold-storage";
import { mainPlace } from "@/lib/clients/store-place";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { findLesson } from "@/lib/services/learner-course-service";
import { openMedia } from "@/lib/services/playback-service";
import { getColdStorage, recallCourse } from "@/lib/services/storage-archive-service";
import { settleTier } from "@/lib/services/storage-cooling-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createEnrolment, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { BODY, bucketsWith, coldCourse, dieAt, fileRow, jobsOf, storedVideo } from "./cold-steps";
import { outcomes, startAnew, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let admin: MemberActor;

beforeEach(async () => {
  store.onRequest = undefined;
  organization = await createOrganization();
  admin = await createMember(organization, "admin");
});

type ColdClass = Extract<ColdTarget, { kind: "class" }>["storageClass"];
/** As a bucket without a second one is set up. */
const settle = (id: string, storageClass: ColdClass) =>
  settleTier(system, { organizationId: organization.id, mediaFileId: id }, { target: { kind: "class", storageClass } });

/** What row and object come to, apart from moments; `same` tells whether the row knows the object that lies there. */
async function stateOf(id: string) {
  const { fileKey, tier, storageClass, tierChangedAt, etag, stateReason } = await fileRow(id);
  const seen = await examineObject(fileKey, mainPlace);
  const same = seen?.etag === bareEtag(etag ?? "");
  return { tier, storageClass, settled: tierChangedAt !== null, object: seen?.storageClass ?? null, same, stateReason };
}

const AT_HAND = { tier: "STANDARD", storageClass: null, settled: true, object: null, same: true, stateReason: null };
const cold = (name: ColdClass) => ({ ...AT_HAND, tier: "ARCHIVED", storageClass: name, object: name });

/** An archived cold course with one video, and somebody who learns in it. */
async function setup() {
  const video = await storedVideo(organization);
  const course = await coldCourse(organization, [video]);
  const learner = await createMember(organization, "learner");
  await createEnrolment(course, learner.userId);
  const lesson = await db.lesson.findFirstOrThrow({ where: { courseId: course.id } });
  const seen = async () => {
    const page = await findLesson(learner, { courseSlug: course.slug, lessonId: lesson.id });
    return { plays: page ? page.video !== null : null, coldVideo: page?.coldVideo ?? null };
  };
  const play = async () => {
    const { url } = await openMedia(learner, { mediaFileId: video.id, download: false });
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  };
  return { video, course, seen, play };
}

test.each<ColdClass>(["STANDARD_IA", "GLACIER_IR"])("a video in %s plays as before, and comes back at once", async (name) => {
  await startAnew();
  const { video, course, seen, play } = await setup();
  await settle(video.id, name);
  expect(await stateOf(video.id)).toEqual(cold(name));
  expect(await play()).toEqual(BODY);
  expect(await seen()).toEqual({ plays: true, coldVideo: null });
  const report = await sweep("DELETE");
  expect({ state: report.state, found: await outcomes(report.id) }).toEqual({ state: "DONE", found: {} });
  await recallCourse(admin, { courseId: course.id });
  await settle(video.id, name);
  expect(await stateOf(video.id)).toEqual(AT_HAND);
  expect(await play()).toEqual(BODY);
});

test.each<[ColdClass, number]>([
  ["GLACIER", 5],
  ["DEEP_ARCHIVE", 12],
])("a video in %s is said to be away, is asked for, and is back when the store says so, about %i hours later", async (name, hours) => {
  await startAnew();
  const { video, course, seen, play } = await setup();
  await settle(video.id, name);
  expect(await stateOf(video.id)).toEqual(cold(name));
  await expect(play()).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await seen()).toEqual({ plays: false, coldVideo: { returning: false, readyAt: null } });
  const report = await sweep("DELETE");
  expect({ state: report.state, found: await outcomes(report.id) }).toEqual({ state: "DONE", found: {} });

  await recallCourse(admin, { courseId: course.id });
  expect(await getColdStorage(admin, { courseId: course.id })).toMatchObject({ sums: { returning: { files: 1 } }, readyAt: null });
  const asked = Date.now();
  await settle(video.id, name);
  const { restoreReadyAt } = await fileRow(video.id);
  expect(Math.abs((restoreReadyAt?.getTime() ?? 0) - asked - hours * HOUR)).toBeLessThan(HOUR / 60);
  expect(await seen()).toEqual({ plays: false, coldVideo: { returning: true, readyAt: restoreReadyAt } });
  expect(await getColdStorage(admin, { courseId: course.id })).toMatchObject({
    videos: [{ tier: "returning", frozen: true, readyAt: restoreReadyAt }],
    readyAt: restoreReadyAt,
  });
  expect(await jobsOf(video.id)).toHaveLength(2);

  await store.advance((hours - 0.5) * HOUR);
  await settle(video.id, name);
  expect(await fileRow(video.id)).toMatchObject({ tier: "RESTORING", restoreReadyAt });
  await expect(play()).rejects.toMatchObject({ code: "CONFLICT" });
  await store.advance(HOUR);
  await settle(video.id, name);
  expect(await stateOf(video.id)).toEqual(AT_HAND);
  expect(await seen()).toEqual({ plays: true, coldVideo: null });
  // The temporary copy ends after some days; what plays by then is another.
  await store.advance(20 * 24 * HOUR);
  expect(await stateOf(video.id)).toEqual(AT_HAND);
  expect(await play()).toEqual(BODY);
});

describe("a change of class that dies", () => {
  const heads = (count: number) => {
    let seen = 0;
    return ({ operation }: { operation: string }) => operation === "HeadObject" && (seen += 1) === count;
  };
  const at =
    (name: string) =>
    ({ operation }: { operation: string }) =>
      operation === name;

  test.each([
    ["before the row says that it is cold", heads(1), true],
    ["before the copy", at("CopyObject"), false],
    ["copied, before the row says so", at("CopyObject"), true],
  ])("on its way out, %s, ends as one that nobody disturbed", async (_when, match, acted) => {
    const { video, seen } = await setup();
    const died = dieAt(match, acted);
    await expect(settle(video.id, "GLACIER")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(died()).toBe(true);
    store.onRequest = undefined;
    const { object, tier } = await stateOf(video.id);
    // Whoever may play it by the row can play it.
    expect([tier, object]).not.toEqual(["STANDARD", "GLACIER"]);
    expect((await seen()).plays).toBe(tier === "STANDARD");
    await settle(video.id, "GLACIER");
    expect(await stateOf(video.id)).toEqual(cold("GLACIER"));
  });

  test.each([
    ["before it is asked for", at("RestoreObject"), false, 0],
    ["asked for, before the row says so", at("RestoreObject"), true, 0],
    ["ready, before the copy", at("CopyObject"), false, 6],
    ["copied, before the row says so", at("CopyObject"), true, 6],
  ])("on its way back, %s, ends as one that nobody disturbed", async (_when, match, acted, hours) => {
    const { video, course, seen } = await setup();
    await settle(video.id, "GLACIER");
    await recallCourse(admin, { courseId: course.id });
    if (hours > 0) await settle(video.id, "GLACIER");
    await store.advance(hours * HOUR);
    const died = dieAt(match, acted);
    await expect(settle(video.id, "GLACIER")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(died()).toBe(true);
    store.onRequest = undefined;
    expect((await seen()).plays).toBe(false);
    const asked = store.traffic.of("RestoreObject").requests;
    await settle(video.id, "GLACIER");
    expect(await fileRow(video.id)).toMatchObject(hours > 0 ? { tier: "STANDARD" } : { tier: "RESTORING" });
    // One that was heard is not asked for again.
    expect(store.traffic.of("RestoreObject").requests - asked).toBe(hours > 0 || acted ? 0 : 1);
    await store.advance(6 * HOUR);
    await settle(video.id, "GLACIER");
    expect(await stateOf(video.id)).toEqual(AT_HAND);
  });

  test("leaves no class behind that the row does not know: a copy that was late is found by the next job", async () => {
    const { video, course } = await setup();
    await db.course.update({ where: { id: course.id }, data: { mediaColdSince: null } });
    const seen = await examineObject(video.fileKey, mainPlace);
    const source = { key: video.fileKey, etag: seen?.etag ?? "", bytes: BODY.length };
    await copyObject(source, video.fileKey, { storageClass: "GLACIER" });
    await settle(video.id, "GLACIER");
    expect(await fileRow(video.id)).toMatchObject({ tier: "RESTORING", storageClass: "GLACIER" });
    await store.advance(6 * HOUR);
    await settle(video.id, "GLACIER");
    expect(await stateOf(video.id)).toEqual(AT_HAND);
  });
});

test("a video that is wanted cold again while it is asked for stays there, and one whose restore has ended is asked for again", async () => {
  const { video, course } = await setup();
  await settle(video.id, "GLACIER");
  const want = async (mediaColdSince: Date | null) => {
    await db.course.update({ where: { id: course.id }, data: { mediaColdSince } });
    await settle(video.id, "GLACIER");
  };
  await want(null);
  await want(new Date());
  expect(await stateOf(video.id)).toEqual(cold("GLACIER"));
  await store.advance(30 * 24 * HOUR);
  await want(null);
  expect(await fileRow(video.id)).toMatchObject({ tier: "RESTORING" });
  await store.advance(6 * HOUR);
  await settle(video.id, "GLACIER");
  expect(await stateOf(video.id)).toEqual(AT_HAND);
});

test("an object that is not the ledger's is left as it is, with the reason, and one that is gone is told as that", async () => {
  const { video, course } = await setup();
  await db.mediaFile.update({ where: { id: video.id }, data: { etag: '"another"' } });
  await expect(settle(video.id, "GLACIER")).rejects.toThrow("not what the ledger knows");
  expect(await stateOf(video.id)).toMatchObject({ tier: "STANDARD", object: null, stateReason: "TIER_OTHER_OBJECT" });
  expect(await getColdStorage(admin, { courseId: course.id })).toMatchObject({ videos: [{ failure: "TIER_OTHER_OBJECT" }] });
  await db.mediaFile.update({ where: { id: video.id }, data: { fileKey: `${video.fileKey}.none` } });
  await expect(settle(video.id, "GLACIER")).rejects.toThrow("no such object");
});

test("a frozen video is purged like any other", async () => {
  const { video, course } = await setup();
  await settle(video.id, "DEEP_ARCHIVE");
  await db.lesson.deleteMany({ where: { courseId: course.id } });
  await db.mediaFile.update({ where: { id: video.id }, data: { state: "RELEASED", purgeAfter: new Date(Date.now() - 1000) } });
  expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id })).toBe(true);
  expect(await bucketsWith(video.fileKey)).toEqual([]);
});
