import "server-only";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

/** One row for each lesson; a chapter without lessons has one without a lesson, a course without chapters one without a chapter. */
export type CurriculumRow = {
  version: number;
  chapterId: string | null;
  chapterTitle: string;
  lessonId: string | null;
  lessonTitle: string;
  hasVideo: boolean;
  hasText: boolean;
  durationMs: number | null;
  attachments: number;
  learners: number;
};

/** The whole curriculum in its order, without the texts themselves: one query. No row at all means no such course in this tenant. */
export function readCurriculum({ organizationId }: TenantScope, courseId: string, client: Db = db): Promise<CurriculumRow[]> {
  return client.$queryRaw<CurriculumRow[]>`
    SELECT c."curriculumVersion" AS "version", ch."id" AS "chapterId", ch."title" AS "chapterTitle",
      l."id" AS "lessonId", l."title" AS "lessonTitle", l."videoId" IS NOT NULL AS "hasVideo", l."body" IS NOT NULL AS "hasText",
      v."durationMs",
      (SELECT count(*)::int FROM "LessonAttachment" a WHERE a."lessonId" = l."id") AS "attachments",
      (SELECT count(*)::int FROM "LessonProgress" p WHERE p."lessonId" = l."id") AS "learners"
    FROM "Course" c
    LEFT JOIN "Chapter" ch ON ch."courseId" = c."id"
    LEFT JOIN "Lesson" l ON l."chapterId" = ch."id"
    LEFT JOIN "MediaFile" v ON v."id" = l."videoId"
    WHERE c."id" = ${courseId} AND c."organizationId" = ${organizationId}
    ORDER BY ch."position", ch."id", l."position", l."id"`;
}

/**
 * Raises the curriculum's version and holds the course's row until the transaction ends, so that changes of the structure follow one
 * another. False when there is no such course, or not at the expected version.
 *
 * @param expected the version that the change builds on; null where it fits any
 */
export async function raiseCurriculum(
  { organizationId }: TenantScope,
  courseId: string,
  expected: number | null,
  tx: Db,
): Promise<boolean> {
  const { count } = await tx.course.updateMany({
    where: { id: courseId, organizationId, ...(expected === null ? {} : { curriculumVersion: expected }) },
    data: { curriculumVersion: { increment: 1 } },
  });
  return count === 1;
}

/** Adds a chapter at the end; the caller holds the course's row. */
export async function insertChapter({ organizationId }: TenantScope, row: { courseId: string; title: string }, tx: Db): Promise<string> {
  const last = await tx.chapter.aggregate({ where: { courseId: row.courseId, organizationId }, _max: { position: true } });
  const { id } = await tx.chapter.create({
    data: { ...row, organizationId, position: (last._max.position ?? -1) + 1 },
    select: { id: true },
  });
  return id;
}

/** Renames a chapter that still has the title `from`. */
export async function renameChapterRow(
  { organizationId }: TenantScope,
  { courseId, chapterId, from, title }: { courseId: string; chapterId: string; from: string; title: string },
  tx: Db,
): Promise<boolean> {
  const { count } = await tx.chapter.updateMany({ where: { id: chapterId, courseId, organizationId, title: from }, data: { title } });
  return count === 1;
}

export function findChapter({ organizationId }: TenantScope, courseId: string, chapterId: string, client: Db = db) {
  return client.chapter.findFirst({ where: { id: chapterId, courseId, organizationId }, select: { id: true, title: true } });
}

/** The chapter that comes last in a course. */
export function findLastChapter({ organizationId }: TenantScope, courseId: string, tx: Db) {
  return tx.chapter.findFirst({
    where: { courseId, organizationId },
    orderBy: [{ position: "desc" }, { id: "desc" }],
    select: { id: true, title: true },
  });
}

/** Chapters and lessons of a course. */
export async function countCurriculum({ organizationId }: TenantScope, courseId: string, tx: Db) {
  const [chapters, lessons] = await Promise.all([
    tx.chapter.count({ where: { courseId, organizationId } }),
    tx.lesson.count({ where: { courseId, organizationId } }),
  ]);
  return { chapters, lessons };
}

/** Makes room for a chapter at this place: those at it and behind it move on. The caller holds the course's row. */
export async function moveChaptersOn({ organizationId }: TenantScope, courseId: string, from: number, tx: Db): Promise<void> {
  await tx.chapter.updateMany({ where: { courseId, organizationId, position: { gte: from } }, data: { position: { increment: 1 } } });
}

/** The same for a lesson in its chapter. */
export async function moveLessonsOn({ organizationId }: TenantScope, chapterId: string, from: number, tx: Db): Promise<void> {
  await tx.lesson.updateMany({ where: { chapterId, organizationId, position: { gte: from } }, data: { position: { increment: 1 } } });
}

/** The position behind a chapter's last lesson. */
export async function nextLessonPosition({ organizationId }: TenantScope, chapterId: string, tx: Db): Promise<number> {
  const last = await tx.lesson.aggregate({ where: { chapterId, organizationId }, _max: { position: true } });
  return (last._max.position ?? -1) + 1;
}

type Place = { id: string; chapterId?: string; position: number };

/** Writes every position of a course: two statements, whatever its length. The caller holds the course's row and knows the ids are all. */
export async function writePositions(
  { organizationId }: TenantScope,
  courseId: string,
  chapters: readonly Place[],
  lessons: readonly Required<Place>[],
  tx: Db,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Chapter" SET "position" = place."position"
    FROM jsonb_to_recordset(${JSON.stringify(chapters)}::jsonb) AS place("id" text, "position" int)
    WHERE "Chapter"."id" = place."id" AND "courseId" = ${courseId} AND "organizationId" = ${organizationId}`;
  await tx.$executeRaw`
    UPDATE "Lesson" SET "position" = place."position", "chapterId" = place."chapterId"
    FROM jsonb_to_recordset(${JSON.stringify(lessons)}::jsonb) AS place("id" text, "chapterId" text, "position" int)
    WHERE "Lesson"."id" = place."id" AND "courseId" = ${courseId} AND "organizationId" = ${organizationId}`;
}
