import { db } from "@/lib/db";
import { DAY, fromNow, HOUR } from "@/lib/core/clock";
import { inTransaction } from "@/lib/data/transaction";
import { courseId } from "./seed-course";
import { seedId } from "./seed-id";
import type { SeedProgress } from "./seed-types";

/** Lessons in the order in which they are learned, with the length of their videos. */
function lessonsOf(id: string) {
  return db.lesson.findMany({
    where: { courseId: id },
    orderBy: [{ chapter: { position: "asc" } }, { position: "asc" }],
    select: { id: true, video: { select: { id: true, durationMs: true } } },
  });
}

/** Enrols a person and lets them have learned: what was reported, and the state that follows from it. Leaves an enrolment that is there alone. */
export async function seedProgress(
  organizationId: string,
  userId: string,
  { course, done, watchedShare = 0, daysAgo }: SeedProgress,
): Promise<void> {
  const id = courseId(organizationId, course);
  const lessons = await lessonsOf(id);
  // The course was deleted, or this person is enrolled already.
  if (lessons.length === 0 || (await db.enrolment.findFirst({ where: { courseId: id, userId }, select: { id: true } }))) return;

  const enrolmentId = seedId(id, "enrolment", userId);
  const lastActiveAt = fromNow(-daysAgo * DAY - 2 * HOUR);
  const reports = lessons.slice(0, watchedShare > 0 ? done + 1 : done).map((lesson, index) => {
    const finished = index < done;
    const length = lesson.video?.durationMs ?? 0;
    const watchedMs = Math.round(finished ? length : length * watchedShare);
    const watchedRanges = watchedMs > 0 ? [[0, watchedMs]] : [];
    // One lesson a day, the last one when the person was last seen.
    const at = new Date(lastActiveAt.getTime() - (done - (finished ? index + 1 : index)) * DAY);
    return {
      lessonId: lesson.id,
      mediaFileId: lesson.video?.id ?? null,
      watchedRanges,
      watchedMs,
      positionMs: finished ? 0 : watchedMs,
      finished,
      at,
    };
  });
  await inTransaction(async (tx) => {
    await tx.enrolment.create({
      data: {
        id: enrolmentId,
        organizationId,
        courseId: id,
        userId,
        lastActiveAt,
        lastLessonId: lessons[Math.min(done, lessons.length - 1)]?.id,
        completedAt: done >= lessons.length ? lastActiveAt : null,
        createdAt: new Date((reports[0]?.at ?? lastActiveAt).getTime() - HOUR),
      },
    });
    await tx.progressEvent.createMany({
      data: reports.map(({ lessonId, mediaFileId, watchedRanges, positionMs, finished, at }, sequence) => ({
        enrolmentId,
        lessonId,
        mediaFileId,
        viewId: seedId(enrolmentId, "view", lessonId),
        sequence,
        kind: finished && watchedRanges.length === 0 ? "marked-done" : "watched",
        watchedRanges,
        positionMs,
        receivedAt: at,
      })),
    });
    await tx.lessonProgress.createMany({
      data: reports.map(({ lessonId, mediaFileId, watchedRanges, watchedMs, positionMs, finished, at }) => ({
        enrolmentId,
        lessonId,
        mediaFileId,
        watchedRanges,
        watchedMs,
        positionMs,
        completedAt: finished ? at : null,
        createdAt: at,
      })),
    });
  });
}
