import "server-only";
import { Prisma } from "@/prisma/generated/client";
import type { Db, TenantScope } from "./transaction";

/** Tables whose rows are kept, in the order in which they can be put back: each before what refers to it. */
const tables = ["Course", "Chapter", "Enrolment", "Lesson", "LessonAttachment", "LessonProgress", "ProgressEvent"] as const;
export type KeptTable = (typeof tables)[number];

const named = (table: KeptTable) => Prisma.raw(`"${table}"`);

/**
 * Moves rows into an item in one statement, without reading them: what is deleted and what is kept can't differ, whatever is written at
 * the same moment.
 *
 * @returns how many
 */
function keep(itemId: string, table: KeptTable, where: Prisma.Sql, tx: Db): Promise<number> {
  return tx.$executeRaw`
    WITH gone AS (DELETE FROM ${named(table)} WHERE ${where} RETURNING *)
    INSERT INTO "DeletedRow" ("deletedItemId", "table", "row") SELECT ${itemId}, ${table}, to_jsonb(gone) FROM gone`;
}

/** Moves lessons that the caller holds, with their attachments and the progress in them; their learners' events stay where they are. */
export async function keepLessons(itemId: string, lessonIds: readonly string[], tx: Db): Promise<void> {
  await keep(itemId, "LessonAttachment", Prisma.sql`"lessonId" = ANY(${lessonIds})`, tx);
  await keep(itemId, "LessonProgress", Prisma.sql`"lessonId" = ANY(${lessonIds})`, tx);
  await keep(itemId, "Lesson", Prisma.sql`id = ANY(${lessonIds})`, tx);
}

/** Moves a chapter; its lessons go before. */
export async function keepChapter({ organizationId }: TenantScope, itemId: string, chapterId: string, tx: Db): Promise<void> {
  await keep(itemId, "Chapter", Prisma.sql`id = ${chapterId} AND "organizationId" = ${organizationId}`, tx);
}

/** Moves a course with its chapters, enrolments and events; its lessons go before. */
export async function keepCourse({ organizationId }: TenantScope, itemId: string, courseId: string, tx: Db): Promise<void> {
  await keep(itemId, "ProgressEvent", Prisma.sql`"enrolmentId" IN (SELECT id FROM "Enrolment" WHERE "courseId" = ${courseId})`, tx);
  await keep(itemId, "Enrolment", Prisma.sql`"courseId" = ${courseId}`, tx);
  await keep(itemId, "Chapter", Prisma.sql`"courseId" = ${courseId}`, tx);
  await keep(itemId, "Course", Prisma.sql`id = ${courseId} AND "organizationId" = ${organizationId}`, tx);
}

const of = (itemId: string, table: KeptTable) => Prisma.sql`d."deletedItemId" = ${itemId} AND d."table" = ${table}`;

/** People with progress in the lessons that an item keeps, or who are enrolled in its course. */
export async function countKeptLearners(itemId: string, tx: Db): Promise<number> {
  const rows = await tx.$queryRaw<{ learners: number }[]>`
    SELECT greatest(count(*) FILTER (WHERE "table" = 'Enrolment'),
      count(DISTINCT "row"->>'enrolmentId') FILTER (WHERE "table" = 'LessonProgress'))::int AS learners
    FROM "DeletedRow" WHERE "deletedItemId" = ${itemId}`;
  return rows[0]?.learners ?? 0;
}

/** Ids of the files that kept rows refer to. */
export async function listKeptFileIds(itemId: string, tx: Db): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT file.id FROM "DeletedRow" d CROSS JOIN LATERAL (VALUES (d."row"->>'videoId'), (d."row"->>'posterId'), (d."row"->>'thumbnailId'),
      (CASE d."table" WHEN 'LessonAttachment' THEN d."row"->>'mediaFileId' END)) AS file(id)
    WHERE d."deletedItemId" = ${itemId} AND d."table" IN ('Course', 'Lesson', 'LessonAttachment') AND file.id IS NOT NULL`;
  return rows.map(({ id }) => id);
}

/** Changes columns of kept rows before they are put back. */
export async function patchRows(itemId: string, table: KeptTable, patch: Record<string, unknown>, tx: Db): Promise<void> {
  await tx.$executeRaw`UPDATE "DeletedRow" d SET "row" = d."row" || ${JSON.stringify(patch)}::jsonb WHERE ${of(itemId, table)}`;
}

/** Leaves out what kept rows may not refer to any more: files beside these, and editors who are gone. */
export async function cutLostReferences(itemId: string, readyFileIds: readonly string[], tx: Db): Promise<void> {
  const cut = (table: KeptTable, column: string, lost: Prisma.Sql) => tx.$executeRaw`
    UPDATE "DeletedRow" d SET "row" = d."row" || jsonb_build_object(${column}::text, NULL)
    WHERE ${of(itemId, table)} AND d."row"->>${column} IS NOT NULL AND ${lost}`;
  const notReady = (column: string) => Prisma.sql`NOT (d."row"->>${column} = ANY(${readyFileIds}))`;
  const editorGone = Prisma.sql`NOT EXISTS (SELECT 1 FROM "User" u WHERE u.id = d."row"->>'editedById')`;
  await cut("Lesson", "videoId", notReady("videoId"));
  await cut("Lesson", "posterId", notReady("posterId"));
  await cut("Course", "thumbnailId", notReady("thumbnailId"));
  await cut("Lesson", "editedById", editorGone);
  await cut("Course", "editedById", editorGone);
  await tx.$executeRaw`DELETE FROM "DeletedRow" d WHERE ${of(itemId, "LessonAttachment")} AND ${notReady("mediaFileId")}`;
}

/** A kept row is put back where what it refers to is there. */
const parents: Record<KeptTable, Prisma.Sql> = {
  Course: Prisma.sql`TRUE`,
  Chapter: Prisma.sql`TRUE`,
  Enrolment: Prisma.sql`EXISTS (SELECT 1 FROM "User" u WHERE u.id = r."userId")`,
  Lesson: Prisma.sql`TRUE`,
  LessonAttachment: Prisma.sql`TRUE`,
  LessonProgress: Prisma.sql`EXISTS (SELECT 1 FROM "Enrolment" e WHERE e.id = r."enrolmentId")`,
  ProgressEvent: Prisma.sql`EXISTS (SELECT 1 FROM "Enrolment" e WHERE e.id = r."enrolmentId")`,
};

/**
 * Puts an item's rows of one table back; a row that is there by another way stays. Only columns that the kept rows have are named, so
 * that one which was added meanwhile takes its default, and one which was dropped is left out.
 */
async function putBack(itemId: string, table: KeptTable, tx: Db): Promise<number> {
  const columns = await tx.$queryRaw<{ name: string }[]>`
    SELECT c.column_name::text AS name FROM information_schema.columns c
    WHERE c.table_schema = current_schema() AND c.table_name = ${table} AND c.is_generated = 'NEVER'
      AND EXISTS (SELECT 1 FROM (SELECT d."row" FROM "DeletedRow" d WHERE ${of(itemId, table)} LIMIT 1) first WHERE jsonb_exists(first."row", c.column_name))`;
  if (columns.length === 0) return 0;
  const into = Prisma.raw(columns.map(({ name }) => `"${name}"`).join(", "));
  const from = Prisma.raw(columns.map(({ name }) => `r."${name}"`).join(", "));
  return tx.$executeRaw`
    INSERT INTO ${named(table)} (${into})
    SELECT ${from} FROM "DeletedRow" d CROSS JOIN LATERAL jsonb_populate_record(NULL::${named(table)}, d."row") r
    WHERE ${of(itemId, table)} AND ${parents[table]} ORDER BY d.id ON CONFLICT DO NOTHING`;
}

/** Puts the item's course back; false when another one has its address. */
export async function putCourseBack(itemId: string, tx: Db): Promise<boolean> {
  return (await putBack(itemId, "Course", tx)) === 1;
}

/** Puts everything that stands in a course back, in the order of what refers to what. */
export async function putContentBack(itemId: string, tx: Db): Promise<void> {
  for (const table of tables) if (table !== "Course") await putBack(itemId, table, tx);
}

export type KeptPlace = { id: string; chapterId: string | null; position: number };

/** Where a kept lesson or chapter stood. */
export async function findKeptPlace(itemId: string, table: "Lesson" | "Chapter", tx: Db): Promise<KeptPlace | null> {
  const rows = await tx.$queryRaw<KeptPlace[]>`
    SELECT d."row"->>'id' AS id, d."row"->>'chapterId' AS "chapterId", (d."row"->>'position')::int AS position
    FROM "DeletedRow" d WHERE ${of(itemId, table)} LIMIT 1`;
  return rows[0] ?? null;
}

/** The address of a kept course. */
export async function findKeptSlug(itemId: string, tx: Db): Promise<string> {
  const rows = await tx.$queryRaw<{ slug: string }[]>`SELECT d."row"->>'slug' AS slug FROM "DeletedRow" d WHERE ${of(itemId, "Course")}`;
  return rows[0]?.slug ?? "";
}
