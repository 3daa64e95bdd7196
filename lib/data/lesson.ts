import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { RichTextDocument } from "../schemas/rich-text";
import { nextLessonPosition } from "./chapter";
import { mediaFileSelect } from "./media-file";
import type { LastUse } from "./media-release";
import type { Db, TenantScope } from "./transaction";

/** A lesson as its editor shows it, with its files and the editor's name. */
export function findLesson({ organizationId }: TenantScope, courseId: string, id: string, client: Db = db) {
  return client.lesson.findFirst({
    where: { id, courseId, organizationId },
    select: {
      id: true,
      version: true,
      title: true,
      body: true,
      videoId: true,
      video: { select: mediaFileSelect },
      posterId: true,
      poster: { select: mediaFileSelect },
      attachments: { select: { mediaFileId: true, mediaFile: { select: mediaFileSelect } }, orderBy: [{ position: "asc" }, { id: "asc" }] },
      editedAt: true,
      editedBy: { select: { name: true } },
    },
    relationLoadStrategy: "join",
  });
}

/** Adds an empty lesson at the end of a chapter; the caller holds the course's row. */
export async function insertLesson(
  { organizationId }: TenantScope,
  row: { courseId: string; chapterId: string; title: string; editedById: string },
  tx: Db,
): Promise<string> {
  const position = await nextLessonPosition({ organizationId }, row.chapterId, tx);
  const { id } = await tx.lesson.create({ data: { ...row, organizationId, position }, select: { id: true } });
  return id;
}

/** Renames a lesson that still has the title `from`; a new version, since the lesson's own form holds the title too. */
export async function renameLessonRow(
  { organizationId }: TenantScope,
  { courseId, lessonId, from, ...change }: { courseId: string; lessonId: string; from: string; title: string; editedById: string },
  tx: Db,
): Promise<boolean> {
  const { count } = await tx.lesson.updateMany({
    where: { id: lessonId, courseId, organizationId, title: from },
    data: { ...change, editedAt: new Date(), version: { increment: 1 } },
  });
  return count === 1;
}

/** Saves title and text if the lesson still has that version, and holds the row until the transaction ends. */
export async function updateLessonAtVersion(
  { organizationId }: TenantScope,
  { courseId, lessonId, version }: { courseId: string; lessonId: string; version: number },
  change: { title: string; body: RichTextDocument | null; editedById: string },
  tx: Db,
): Promise<boolean> {
  const { count } = await tx.lesson.updateMany({
    where: { id: lessonId, courseId, organizationId, version },
    data: { ...change, body: change.body ?? Prisma.DbNull, editedAt: new Date(), version: { increment: 1 } },
  });
  return count === 1;
}

export async function setVideo({ organizationId }: TenantScope, lessonId: string, videoId: string | null, tx: Db): Promise<void> {
  await tx.lesson.updateMany({ where: { id: lessonId, organizationId }, data: { videoId } });
}

export async function setPoster({ organizationId }: TenantScope, lessonId: string, posterId: string | null, tx: Db): Promise<void> {
  await tx.lesson.updateMany({ where: { id: lessonId, organizationId }, data: { posterId } });
}

/** Makes these files the lesson's attachments, in this order. */
export async function setAttachments(
  { organizationId }: TenantScope,
  lessonId: string,
  mediaFileIds: readonly string[],
  tx: Db,
): Promise<void> {
  await tx.lessonAttachment.deleteMany({ where: { lessonId, lesson: { organizationId } } });
  await tx.lessonAttachment.createMany({ data: mediaFileIds.map((mediaFileId, position) => ({ lessonId, mediaFileId, position })) });
}

export type LessonSelection = { courseId: string; chapterId?: string; lessonId?: string };

/**
 * Holds the selected lessons' rows until the transaction ends, so that no save gives them another file meanwhile, and lists their
 * files with where they are used: those to release once the lessons are gone.
 */
export async function lockLessonFiles(
  { organizationId }: TenantScope,
  { courseId, chapterId, lessonId }: LessonSelection,
  tx: Db,
): Promise<{ lessons: { id: string; title: string }[]; files: LastUse[] }> {
  const lessons = await tx.$queryRaw<{ id: string; title: string; videoId: string | null; posterId: string | null }[]>`
    SELECT "id", "title", "videoId", "posterId" FROM "Lesson"
    WHERE "organizationId" = ${organizationId} AND "courseId" = ${courseId}
      AND (${chapterId ?? null}::text IS NULL OR "chapterId" = ${chapterId ?? null})
      AND (${lessonId ?? null}::text IS NULL OR "id" = ${lessonId ?? null})
    ORDER BY "id" FOR UPDATE`;
  const attachments = await tx.lessonAttachment.findMany({
    where: { lessonId: { in: lessons.map((lesson) => lesson.id) } },
    select: { lessonId: true, mediaFileId: true },
  });
  const own = lessons.flatMap(({ id, videoId, posterId }) =>
    [videoId, posterId].flatMap((fileId) => (fileId === null ? [] : [{ id: fileId, courseId, lessonId: id }])),
  );
  const attached = attachments.map((row) => ({ id: row.mediaFileId, courseId, lessonId: row.lessonId }));
  return { lessons: lessons.map(({ id, title }) => ({ id, title })), files: [...own, ...attached] };
}

/** The chapter that a lesson stands in. */
export function findLessonChapter({ organizationId }: TenantScope, courseId: string, id: string, tx: Db) {
  return tx.lesson.findFirst({ where: { id, courseId, organizationId }, select: { chapter: { select: { title: true } } } });
}

/** Lessons without video and text in courses that are not archived, last edited first: the first few. */
export function listEmptyLessons({ organizationId }: TenantScope, take: number, client: Db = db) {
  return client.lesson.findMany({
    where: { organizationId, videoId: null, body: { equals: Prisma.DbNull }, course: { status: { not: "ARCHIVED" } } },
    select: { id: true, title: true, course: { select: { id: true, title: true, status: true } } },
    orderBy: [{ editedAt: "desc" }, { id: "desc" }],
    relationLoadStrategy: "join",
    take,
  });
}
