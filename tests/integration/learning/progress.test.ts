import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { markLesson, recordProgress } from "@/lib/services/progress-service";
import { createCourse, createEnrolment, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";

/** A learner enrolled in a course with one lesson of 100 seconds of video. */
async function setup() {
  const organization = await createOrganization();
  const course = await createCourse(organization);
  const video = await createMediaFile(organization, { durationMs: 100_000 });
  const lesson = await createLesson(course, { videoId: video.id });
  const learner = await createMember(organization, "learner");
  const enrolment = await createEnrolment(course, learner.userId);
  const report = (ranges: [number, number][], change: object = {}) => ({
    lessonId: lesson.id,
    mediaFileId: video.id,
    viewId: randomUUID() as string,
    sequence: 0,
    ranges,
    positionMs: ranges.at(-1)?.[1] ?? 0,
    ...change,
  });
  return { organization, course, video, lesson, learner, enrolment, report };
}

const state = (enrolmentId: string, lessonId: string) =>
  db.lessonProgress.findUniqueOrThrow({ where: { enrolmentId_lessonId: { enrolmentId, lessonId } } });

describe("recording what is watched", () => {
  it("joins ranges, remembers the position and completes the lesson and the course at 90 percent", async () => {
    const { learner, lesson, enrolment, report } = await setup();
    const first = await recordProgress(learner, report([[0, 50_000]]));
    expect(first).toMatchObject({ watchedMs: 50_000, positionMs: 50_000, done: false, course: { done: 0, total: 1, percent: 0 } });
    const second = await recordProgress(learner, report([[40_000, 90_000]]));
    expect(second).toMatchObject({ watchedMs: 90_000, done: true, course: { done: 1, total: 1, percent: 100 } });
    expect((await state(enrolment.id, lesson.id)).watchedRanges).toEqual([[0, 90_000]]);
    const after = await db.enrolment.findUniqueOrThrow({ where: { id: enrolment.id } });
    expect(after.lastLessonId).toBe(lesson.id);
    expect(after.completedAt).not.toBeNull();
  });

  it("counts a repeated report once", async () => {
    const { learner, enrolment, report } = await setup();
    const once = report([[0, 10_000]]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => recordProgress(learner, once)));
    for (const answer of answers) expect(answer.watchedMs).toBe(10_000);
    expect(await db.progressEvent.count({ where: { enrolmentId: enrolment.id } })).toBe(1);
  });

  it("does not go back to where a report that comes late again had stood", async () => {
    const { learner, report } = await setup();
    const early = report([[0, 10_000]]);
    await recordProgress(learner, early);
    await recordProgress(learner, { ...report([[10_000, 50_000]]), viewId: early.viewId, sequence: 1 });
    expect(await recordProgress(learner, early)).toMatchObject({ positionMs: 50_000, watchedMs: 50_000 });
  });

  it("loses no range of devices that report at the same moment", async () => {
    const { learner, lesson, enrolment, report } = await setup();
    const devices = Array.from({ length: 20 }, (_, device) => report([[device * 5_000, device * 5_000 + 4_000]]));
    await Promise.all(devices.map((each) => recordProgress(learner, each)));
    const { watchedMs, watchedRanges } = await state(enrolment.id, lesson.id);
    expect(watchedMs).toBe(80_000);
    expect(watchedRanges).toHaveLength(20);
    expect(await db.progressEvent.count({ where: { enrolmentId: enrolment.id } })).toBe(20);
  });

  it("cuts what lies beyond the end of the video", async () => {
    const { learner, report } = await setup();
    expect(await recordProgress(learner, report([[95_000, 900_000]]))).toMatchObject({ watchedMs: 5_000, positionMs: 100_000 });
  });

  it("writes nothing for who is not enrolled, for another tenant, or for a draft", async () => {
    const { organization, course, learner, report } = await setup();
    const unenrolled = await createMember(organization, "learner");
    const stranger = await createMember(await createOrganization(), "owner");
    const author = await createMember(organization, "owner");
    for (const actor of [unenrolled, stranger, author]) {
      await expect(recordProgress(actor, report([[0, 1_000]]))).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await db.course.update({ where: { id: course.id }, data: { status: "DRAFT" } });
    await expect(recordProgress(learner, report([[0, 1_000]]))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await db.progressEvent.count({ where: { enrolment: { courseId: course.id } } })).toBe(0);
  });

  it("starts anew when the video is replaced, refuses reports about the old one, and keeps the completion", async () => {
    const { organization, lesson, learner, enrolment, report } = await setup();
    await recordProgress(learner, report([[0, 95_000]]));
    const other = await createMediaFile(organization, { durationMs: 60_000 });
    await db.lesson.update({ where: { id: lesson.id }, data: { videoId: other.id } });
    await expect(recordProgress(learner, report([[95_000, 99_000]]))).rejects.toMatchObject({ code: "GONE" });
    const fresh = await recordProgress(learner, report([[0, 2_000]], { mediaFileId: other.id }));
    expect(fresh).toMatchObject({ watchedMs: 2_000, done: true });
    expect((await state(enrolment.id, lesson.id)).mediaFileId).toBe(other.id);
  });

  it("finds no lesson once it is deleted", async () => {
    const { lesson, learner, report } = await setup();
    await db.lesson.delete({ where: { id: lesson.id } });
    await expect(recordProgress(learner, report([[0, 1_000]]))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("survives a lesson that is deleted at the moment of the report", async () => {
    const { lesson, learner, report } = await setup();
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 4 }, () => recordProgress(learner, report([[0, 1_000]]))),
      db.lesson.delete({ where: { id: lesson.id } }),
      ...Array.from({ length: 4 }, () => recordProgress(learner, report([[0, 1_000]]))),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("marking a lesson without a video", () => {
  it("marks it done and takes that back; saying it twice changes nothing", async () => {
    const { course, learner, enrolment } = await setup();
    const lesson = await createLesson(course);
    const mark = (done: boolean) => markLesson(learner, { lessonId: lesson.id, done });
    expect(await mark(true)).toMatchObject({ done: true, course: { done: 1, total: 2, percent: 50 } });
    await Promise.all([mark(true), mark(true)]);
    expect(await db.progressEvent.count({ where: { enrolmentId: enrolment.id } })).toBe(1);
    expect(await mark(false)).toMatchObject({ done: false, course: { done: 0, total: 2 } });
    const kinds = await db.progressEvent.findMany({ where: { enrolmentId: enrolment.id }, orderBy: { id: "asc" }, select: { kind: true } });
    expect(kinds.map(({ kind }) => kind)).toEqual(["marked-done", "marked-undone"]);
  });

  it("refuses to mark a lesson that is done by watching", async () => {
    const { lesson, learner } = await setup();
    await expect(markLesson(learner, { lessonId: lesson.id, done: true })).rejects.toMatchObject({ code: "REJECTED" });
  });

  it("finds nothing to mark for who is not enrolled or of another tenant", async () => {
    const { organization, course } = await setup();
    const lesson = await createLesson(course);
    for (const actor of [await createMember(organization, "learner"), await createMember(await createOrganization(), "owner")]) {
      await expect(markLesson(actor, { lessonId: lesson.id, done: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("the percentage of a course", () => {
  it("follows lessons that are added, removed and moved, and the day of completion stays", async () => {
    const { course, lesson, learner, enrolment, report } = await setup();
    await recordProgress(learner, report([[0, 95_000]]));
    const completedAt = (await db.enrolment.findUniqueOrThrow({ where: { id: enrolment.id } })).completedAt;

    const added = await createLesson(course);
    const third = await createLesson(course);
    expect((await markLesson(learner, { lessonId: added.id, done: true })).course).toEqual({ done: 2, total: 3, percent: 66 });
    await db.lesson.update({ where: { id: lesson.id }, data: { position: 9, chapterId: third.chapterId } });
    await db.lesson.delete({ where: { id: third.id } });
    expect((await markLesson(learner, { lessonId: added.id, done: true })).course).toEqual({ done: 2, total: 2, percent: 100 });
    await db.lesson.delete({ where: { id: lesson.id } });
    expect((await markLesson(learner, { lessonId: added.id, done: false })).course).toEqual({ done: 0, total: 1, percent: 0 });
    expect((await db.enrolment.findUniqueOrThrow({ where: { id: enrolment.id } })).completedAt).toEqual(completedAt);
  });
});
