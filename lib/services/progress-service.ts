import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { newId } from "../core/id";
import { percentOf } from "../core/percent";
import { lockEnrolmentOfLesson, touchEnrolment, type LockedEnrolment } from "../data/enrolment";
import { countLessonsDone, findLessonState, insertProgressEvent, saveLessonState } from "../data/progress";
import { inTransaction, type Db } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { foldReport, isMarkable, type LessonState } from "../policies/progress-policy";
import type { LessonProgressView, ProgressReport } from "../schemas/progress";

const nothingYet: LessonState = { mediaFileId: null, watchedRanges: [], watchedMs: 0, positionMs: 0, completedAt: null };

async function lockOpenEnrolment(actor: MemberActor, lessonId: string, tx: Db): Promise<LockedEnrolment> {
  const enrolment = await lockEnrolmentOfLesson({ organizationId: actor.organization.id }, lessonId, actor.userId, tx);
  if (!enrolment || enrolment.courseStatus === "DRAFT") throw notFoundError("This lesson", "no enrolment, or the course is a draft");
  return enrolment;
}

/** Saves what a lesson has come to and what follows for the course; `after` is the state to save, or null when nothing changed. */
async function settle(
  actor: MemberActor,
  enrolment: LockedEnrolment,
  lessonId: string,
  change: { before: LessonState | null; after: LessonState | null },
  tx: Db,
): Promise<LessonProgressView> {
  const { enrolmentId, courseId } = enrolment;
  if (change.after) await saveLessonState(enrolmentId, lessonId, change.after, tx);
  const counts = await countLessonsDone({ organizationId: actor.organization.id }, { courseId, enrolmentId }, tx);
  if (change.after) {
    const now = new Date();
    const completes = !enrolment.completedAt && counts.total > 0 && counts.done === counts.total;
    await touchEnrolment(enrolmentId, { lastLessonId: lessonId, lastActiveAt: now, ...(completes ? { completedAt: now } : {}) }, tx);
  }
  const state = change.after ?? change.before ?? nothingYet;
  return {
    lessonId,
    watchedMs: state.watchedMs,
    positionMs: state.positionMs,
    done: state.completedAt !== null,
    course: { ...counts, percent: percentOf(counts.done, counts.total) },
  };
}

/**
 * Takes a player's report: the event is appended, then folded into the lesson's state, in one transaction under the enrolment's lock.
 * A report that comes twice counts once. How fast ranges arrive is not checked against the clock: a player that was offline sends an
 * hour at once, and a learner who fakes their own progress deceives themselves.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND (not enrolled, a draft, a foreign tenant), GONE (the report is about a video that was replaced)
 */
export async function recordProgress(actor: MemberActor, report: ProgressReport): Promise<LessonProgressView> {
  assertCan(actor, "course.learn");
  return inTransaction(async (tx) => {
    const { lessonId, mediaFileId, viewId, sequence, ranges, positionMs } = report;
    const enrolment = await lockOpenEnrolment(actor, lessonId, tx);
    if (enrolment.videoId !== mediaFileId) {
      throw new AppError("GONE", "This lesson's video was replaced while you watched. Reload the page to see the new one.");
    }
    const { enrolmentId } = enrolment;
    const before = await findLessonState(enrolmentId, lessonId, tx);
    const event = { enrolmentId, lessonId, mediaFileId, viewId, sequence, kind: "watched" as const, watchedRanges: ranges, positionMs };
    const isNew = await insertProgressEvent(event, tx);
    const video = { id: mediaFileId, durationMs: enrolment.durationMs };
    const after = isNew ? foldReport(before, { ranges, positionMs }, video, new Date()) : null;
    return settle(actor, enrolment, lessonId, { before, after }, tx);
  });
}

/**
 * Marks a lesson that has no video to watch as done, or takes that back. Saying what is already so changes nothing.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, REJECTED (the lesson is done by watching its video)
 */
export async function markLesson(actor: MemberActor, { lessonId, done }: { lessonId: string; done: boolean }): Promise<LessonProgressView> {
  assertCan(actor, "course.learn");
  return inTransaction(async (tx) => {
    const enrolment = await lockOpenEnrolment(actor, lessonId, tx);
    const { enrolmentId, videoId, durationMs } = enrolment;
    if (!isMarkable(videoId ? { id: videoId, durationMs } : null)) {
      throw new AppError("REJECTED", "This lesson counts as done once you have watched its video.");
    }
    const before = await findLessonState(enrolmentId, lessonId, tx);
    const unchanged = done === ((before?.completedAt ?? null) !== null);
    if (unchanged) return settle(actor, enrolment, lessonId, { before, after: null }, tx);
    const kind = done ? ("marked-done" as const) : ("marked-undone" as const);
    const event = { enrolmentId, lessonId, mediaFileId: videoId, viewId: newId(), sequence: 0, kind, watchedRanges: [], positionMs: 0 };
    await insertProgressEvent(event, tx);
    const after = { ...(before ?? nothingYet), completedAt: done ? new Date() : null };
    return settle(actor, enrolment, lessonId, { before, after }, tx);
  });
}
