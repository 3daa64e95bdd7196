import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { watchedRangesSchema } from "../schemas/progress";
import type { LessonState } from "../policies/progress-policy";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

export type ProgressEventRow = {
  enrolmentId: string;
  lessonId: string;
  mediaFileId: string | null;
  viewId: string;
  sequence: number;
  kind: "watched" | "marked-done" | "marked-undone";
  watchedRanges: [number, number][];
  positionMs: number;
};

/** Appends what was reported. False when this (viewId, sequence) is already there: the report came twice. */
export async function insertProgressEvent(row: ProgressEventRow, tx: Db): Promise<boolean> {
  const { count } = await tx.progressEvent.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** The state of one lesson for one enrolment, or null before the first event. */
export async function findLessonState(enrolmentId: string, lessonId: string, client: Db = db): Promise<LessonState | null> {
  const row = await client.lessonProgress.findUnique({
    where: { enrolmentId_lessonId: { enrolmentId, lessonId } },
    select: { mediaFileId: true, watchedRanges: true, watchedMs: true, positionMs: true, completedAt: true },
  });
  return row && { ...row, watchedRanges: watchedRangesSchema.parse(row.watchedRanges) };
}

/** Writes a lesson's state. The caller holds the enrolment's lock. */
export async function saveLessonState(enrolmentId: string, lessonId: string, state: LessonState, tx: Db): Promise<void> {
  const data = { ...state, watchedRanges: state.watchedRanges.map(([from, to]): Prisma.InputJsonArray => [from, to]) };
  await tx.lessonProgress.upsert({
    where: { enrolmentId_lessonId: { enrolmentId, lessonId } },
    create: { enrolmentId, lessonId, ...data },
    update: data,
  });
}

/** Lessons of the course that exist now, and how many of them are done. */
export async function countLessonsDone(
  { organizationId }: TenantScope,
  { courseId, enrolmentId }: { courseId: string; enrolmentId: string },
  client: Db = db,
): Promise<{ done: number; total: number }> {
  const rows = await client.$queryRaw<{ done: number; total: number }[]>`
    SELECT count(*)::int AS total, count(p."completedAt")::int AS done
    FROM "Lesson" l LEFT JOIN "LessonProgress" p ON p."lessonId" = l.id AND p."enrolmentId" = ${enrolmentId}
    WHERE l."courseId" = ${courseId} AND l."organizationId" = ${organizationId}`;
  return rows[0] ?? { done: 0, total: 0 };
}
