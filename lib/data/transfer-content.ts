import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { FROZEN_CLASSES } from "../policies/media-tier-policy";
import type { MediaKind } from "../schemas/media";
import type { CoursesDocument } from "../schemas/transfer-archive";
import type { Db, TenantScope } from "./transaction";

/** All courses with all that authors wrote, the oldest first: one statement, so that it is the content of one moment. */
export function readAllCourses({ organizationId }: TenantScope, client: Db = db) {
  return client.course.findMany({
    where: { organizationId },
    select: {
      title: true,
      slug: true,
      summary: true,
      description: true,
      level: true,
      category: true,
      status: true,
      thumbnailId: true,
      chapters: {
        select: {
          title: true,
          lessons: {
            select: {
              title: true,
              body: true,
              videoId: true,
              posterId: true,
              attachments: { select: { mediaFileId: true }, orderBy: [{ position: "asc" }, { id: "asc" }] },
            },
            orderBy: [{ position: "asc" }, { id: "asc" }],
          },
        },
        orderBy: [{ position: "asc" }, { id: "asc" }],
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    relationLoadStrategy: "join",
  });
}

const sourceSelect = {
  id: true,
  kind: true,
  fileName: true,
  fileKey: true,
  store: true,
  state: true,
  tier: true,
  storageClass: true,
  bytes: true,
  etag: true,
  checksum: true,
  partSize: true,
  declaredType: true,
  verifiedType: true,
  durationMs: true,
  width: true,
  height: true,
} satisfies Prisma.MediaFileSelect;

export type SourceRow = Prisma.MediaFileGetPayload<{ select: typeof sourceSelect }>;

/** Every file that was uploaded, also one whose object was found to be gone; the oldest first. What was made of them is made again elsewhere. */
export function listSources({ organizationId }: TenantScope, client: Db = db): Promise<SourceRow[]> {
  return client.mediaFile.findMany({
    where: { organizationId, state: { in: ["READY", "MISSING"] }, parentId: null },
    select: sourceSelect,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** Where these files lie now, as long as they do: a released one still does. */
export function findSources({ organizationId }: TenantScope, ids: readonly string[]): Promise<SourceRow[]> {
  return db.mediaFile.findMany({
    where: { id: { in: [...ids] }, organizationId, state: { in: ["READY", "RELEASED"] } },
    select: sourceSelect,
  });
}

/** Courses of a tenant. */
export function countAllCourses({ organizationId }: TenantScope): Promise<number> {
  return db.course.count({ where: { organizationId } });
}

/** How much of what `listSources` lists is there, and how much of that can't be read at once: see isAtHand in the tier's policy. */
export async function sumSources({ organizationId }: TenantScope) {
  const where = { organizationId, state: "READY", parentId: null } as const;
  const sum = async (more: Prisma.MediaFileWhereInput) => {
    const { _count, _sum } = await db.mediaFile.aggregate({ where: { ...where, ...more }, _count: true, _sum: { bytes: true } });
    return { files: _count, bytes: Number(_sum.bytes ?? 0) };
  };
  const [content, cold] = await Promise.all([sum({}), sum({ tier: { not: "STANDARD" }, storageClass: { in: [...FROZEN_CLASSES] } })]);
  return { content, cold };
}

/** The organization that an import goes into. */
export type ImportTarget = TenantScope & { storagePrefix: string };

/** The organization with this slug; for scripts, which act for nobody. */
export async function findTarget(slug: string): Promise<ImportTarget | null> {
  const row = await db.organization.findUnique({ where: { slug }, select: { id: true, storagePrefix: true } });
  return row && { organizationId: row.id, storagePrefix: row.storagePrefix };
}

export type PlannedCopy = {
  id: string;
  sourceId: string;
  fileKey: string;
  store: string;
  kind: MediaKind;
  fileName: string;
  declaredType: string;
  bytes: bigint;
  partSize: number | null;
  reservedUntil: Date;
};

/** Writes the pending rows of all files of an import, and which file of the archive each stands for. Their bytes are reserved before. */
export async function insertCopies(
  { organizationId }: TenantScope,
  importId: string,
  copies: readonly PlannedCopy[],
  tx: Db,
): Promise<void> {
  await tx.mediaFile.createMany({ data: copies.map(({ sourceId: _sourceId, ...file }) => ({ ...file, organizationId })) });
  await tx.importedFile.createMany({ data: copies.map(({ sourceId, id: mediaFileId }) => ({ importId, sourceId, mediaFileId })) });
}

/** Which new file stands for which of the archive, and whether its content has arrived. */
export function listCopies(importId: string, client: Db = db) {
  return client.importedFile.findMany({ where: { importId }, select: { sourceId: true, mediaFileId: true, doneAt: true } });
}

type Found = {
  verifiedType: string;
  etag: string;
  checksum: string | null;
  durationMs?: number;
  width?: number;
  height?: number;
  blurDataUrl?: string | undefined;
};

/** Writes down what arrived for one file of the archive. The file stays PENDING until the whole import is done. */
export async function settleCopy(
  { organizationId }: TenantScope,
  importId: string,
  { sourceId, mediaFileId, found }: { sourceId: string; mediaFileId: string; found: Found },
  tx: Db,
): Promise<void> {
  await tx.mediaFile.update({ where: { id: mediaFileId, organizationId }, data: found, select: { id: true } });
  await tx.importedFile.update({ where: { importId_sourceId: { importId, sourceId } }, data: { doneAt: new Date() } });
  await tx.storageImport.update({ where: { id: importId, organizationId }, data: { doneFiles: { increment: 1 } }, select: { id: true } });
}

/** Finishes these files with what was made of them: READY, all at once. Gives the sum of their bytes. */
export async function finishCopies({ organizationId }: TenantScope, ids: readonly string[], tx: Db): Promise<bigint> {
  const rows = await tx.$queryRaw<{ bytes: bigint }[]>`
    WITH done AS (
      UPDATE "MediaFile" SET state = 'READY', "readyAt" = now(), "updatedAt" = now(), "reservedUntil" = NULL
      WHERE "organizationId" = ${organizationId} AND state = 'PENDING' AND (id = ANY(${[...ids]}) OR "parentId" = ANY(${[...ids]}))
      RETURNING bytes)
    SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM done`;
  return rows[0]?.bytes ?? 0n;
}

/** The slugs of a tenant's courses. */
export async function listCourseSlugs({ organizationId }: TenantScope, tx: Db): Promise<string[]> {
  return (await tx.course.findMany({ where: { organizationId }, select: { slug: true } })).map(({ slug }) => slug);
}

type NewCourse = CoursesDocument["courses"][number] & { id: string; createdAt: Date };

/** Adds courses as drafts, in their order; `files` of them are this tenant's own by now. A lesson takes a file once. */
export async function insertCourses(
  { organizationId }: TenantScope,
  { courses, editedById, newId }: { courses: readonly NewCourse[]; editedById: string | null; newId: () => string },
  tx: Db,
): Promise<void> {
  const json = (value: Prisma.InputJsonObject | null) => value ?? Prisma.DbNull;
  const chapters: Prisma.ChapterCreateManyInput[] = [];
  const lessons: Prisma.LessonCreateManyInput[] = [];
  const attachments: Prisma.LessonAttachmentCreateManyInput[] = [];
  for (const course of courses) {
    for (const [chapterAt, chapter] of course.chapters.entries()) {
      const chapterId = newId();
      chapters.push({ id: chapterId, organizationId, courseId: course.id, title: chapter.title, position: chapterAt });
      for (const [position, { title, body, video: videoId, poster: posterId, attachments: files }] of chapter.lessons.entries()) {
        const lessonId = newId();
        const place = { id: lessonId, organizationId, courseId: course.id, chapterId, position };
        lessons.push({ ...place, title, body: json(body), videoId, posterId, editedById });
        attachments.push(...[...new Set(files)].map((mediaFileId, at) => ({ lessonId, mediaFileId, position: at })));
      }
    }
  }
  await tx.course.createMany({
    data: courses.map(({ chapters: _chapters, status: _status, thumbnail: thumbnailId, description, ...course }) => ({
      ...course,
      organizationId,
      description: json(description),
      thumbnailId,
      editedById,
    })),
  });
  await tx.chapter.createMany({ data: chapters });
  await tx.lesson.createMany({ data: lessons });
  await tx.lessonAttachment.createMany({ data: attachments });
}
