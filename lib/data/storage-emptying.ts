import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { MAX_ATTACHMENTS } from "../schemas/lesson";
import type { LastUse } from "./media-release";
import type { Db, TenantScope } from "./transaction";

/** Finished files, as they are counted and released: not the sizes made of pictures. */
const finished = ({ organizationId }: TenantScope) =>
  Prisma.sql`f."organizationId" = ${organizationId} AND f.state = 'READY' AND f."parentId" IS NULL`;

/** What emptying would release now: files, and their bytes with the sizes made of them. */
export async function sumFinishedFiles(scope: TenantScope, client: Db = db): Promise<{ files: number; bytes: bigint }> {
  const rows = await client.$queryRaw<{ files: number; bytes: bigint }[]>`
    SELECT (count(*) FILTER (WHERE "parentId" IS NULL))::int AS files, coalesce(sum(bytes), 0)::bigint AS bytes FROM (
      SELECT f."parentId", f.bytes FROM "MediaFile" f WHERE ${finished(scope)}
      UNION ALL SELECT v."parentId", v.bytes FROM "MediaFile" f JOIN "MediaFile" v ON v."parentId" = f.id AND v.state = 'READY' WHERE ${finished(scope)}
    ) file`;
  return rows[0] ?? { files: 0, bytes: 0n };
}

/**
 * Holds every course and lesson until the transaction ends, before any file, as saves do: also those without a file, which a save may be
 * giving one, and which get theirs back when an emptying is undone.
 */
export async function lockReferences({ organizationId }: TenantScope, tx: Db): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM "Course" WHERE "organizationId" = ${organizationId} ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    SELECT 1 FROM "Lesson" WHERE "organizationId" = ${organizationId} ORDER BY id FOR NO KEY UPDATE`;
}

const kept = (itemId: string, table: string) => Prisma.sql`d."deletedItemId" = ${itemId} AND d."table" = ${table}`;
const keptIds = (itemId: string, table: string, column = "id") =>
  Prisma.sql`SELECT d."row"->>${column} FROM "DeletedRow" d WHERE ${kept(itemId, table)}`;

/**
 * Keeps every reference to a file under the item and cuts it; forms that were opened before can't save over that. Of a lesson that is new
 * since the first statement nothing is cut that was not kept.
 */
export async function cutReferences({ organizationId }: TenantScope, itemId: string, editedById: string, tx: Db): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DeletedRow" ("deletedItemId", "table", "row")
    SELECT ${itemId}, 'Organization', jsonb_build_object('id', id, 'logoId', "logoId") FROM "Organization" WHERE id = ${organizationId} AND "logoId" IS NOT NULL
    UNION ALL SELECT ${itemId}, 'Course', jsonb_build_object('id', id, 'thumbnailId', "thumbnailId") FROM "Course"
      WHERE "organizationId" = ${organizationId} AND "thumbnailId" IS NOT NULL
    UNION ALL SELECT ${itemId}, 'Lesson', jsonb_build_object('id', id, 'courseId', "courseId", 'videoId', "videoId", 'posterId', "posterId") FROM "Lesson"
      WHERE "organizationId" = ${organizationId} AND ("videoId" IS NOT NULL OR "posterId" IS NOT NULL)`;
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM "LessonAttachment" a USING "Lesson" l WHERE l.id = a."lessonId" AND l."organizationId" = ${organizationId} RETURNING a.*)
    INSERT INTO "DeletedRow" ("deletedItemId", "table", "row") SELECT ${itemId}, 'LessonAttachment', to_jsonb(gone) FROM gone`;
  await tx.$executeRaw`
    UPDATE "Lesson" SET "videoId" = CASE WHEN id IN (${keptIds(itemId, "Lesson")}) THEN NULL ELSE "videoId" END,
      "posterId" = CASE WHEN id IN (${keptIds(itemId, "Lesson")}) THEN NULL ELSE "posterId" END, version = version + 1, "editedAt" = now(), "updatedAt" = now(), "editedById" = ${editedById}
    WHERE "organizationId" = ${organizationId}
      AND (id IN (${keptIds(itemId, "Lesson")}) OR id IN (${keptIds(itemId, "LessonAttachment", "lessonId")}))`;
  await tx.$executeRaw`
    UPDATE "Course" SET "thumbnailId" = NULL, version = version + 1, "editedAt" = now(), "updatedAt" = now(), "editedById" = ${editedById}
    WHERE "organizationId" = ${organizationId} AND id IN (${keptIds(itemId, "Course")})`;
  await tx.$executeRaw`UPDATE "Organization" SET "logoId" = NULL WHERE id = ${organizationId}`;
}

/**
 * Every finished file with where it was used before the item cut it. Grouped, not joined: PostgreSQL knows nothing of rows that were
 * written a moment ago, and would compare every file with every use.
 */
export async function listFinishedFiles(scope: TenantScope, itemId: string, tx: Db): Promise<LastUse[]> {
  return tx.$queryRaw<LastUse[]>`
    WITH use AS (
      SELECT v.id, d."row"->>'courseId' AS "courseId", d."row"->>'id' AS "lessonId" FROM "DeletedRow" d
        CROSS JOIN LATERAL (VALUES (d."row"->>'videoId'), (d."row"->>'posterId')) AS v(id) WHERE ${kept(itemId, "Lesson")}
      UNION ALL SELECT d."row"->>'mediaFileId', l."courseId", l.id FROM "DeletedRow" d JOIN "Lesson" l ON l.id = d."row"->>'lessonId'
        WHERE ${kept(itemId, "LessonAttachment")}
      UNION ALL SELECT d."row"->>'thumbnailId', d."row"->>'id', NULL FROM "DeletedRow" d WHERE ${kept(itemId, "Course")})
    SELECT id, (array_agg("courseId" ORDER BY "lessonId" NULLS LAST, "courseId" NULLS LAST))[1] AS "courseId",
      (array_agg("lessonId" ORDER BY "lessonId" NULLS LAST, "courseId" NULLS LAST))[1] AS "lessonId"
    FROM (SELECT id, "courseId", "lessonId", FALSE AS finished FROM use UNION ALL SELECT f.id, NULL, NULL, TRUE FROM "MediaFile" f WHERE ${finished(scope)}) file
    GROUP BY id HAVING bool_or(finished)`;
}

/** One line for each reference that an item keeps: the file, the one that is in its place now, and whether that place is still there. */
const references = ({ organizationId }: TenantScope, itemId: string) => Prisma.sql`
  SELECT d."row"->>'logoId' AS file, o."logoId" AS now, o.id IS NOT NULL AS there FROM "DeletedRow" d
    LEFT JOIN "Organization" o ON o.id = ${organizationId} WHERE ${kept(itemId, "Organization")}
  UNION ALL SELECT d."row"->>'thumbnailId', c."thumbnailId", c.id IS NOT NULL FROM "DeletedRow" d
    LEFT JOIN "Course" c ON c.id = d."row"->>'id' AND c."organizationId" = ${organizationId} WHERE ${kept(itemId, "Course")}
  UNION ALL SELECT v.file, v.now, l.id IS NOT NULL FROM "DeletedRow" d
    LEFT JOIN "Lesson" l ON l.id = d."row"->>'id' AND l."organizationId" = ${organizationId}
    CROSS JOIN LATERAL (VALUES (d."row"->>'videoId', l."videoId"), (d."row"->>'posterId', l."posterId")) AS v(file, now)
    WHERE ${kept(itemId, "Lesson")} AND v.file IS NOT NULL
  UNION ALL SELECT d."row"->>'mediaFileId', a."mediaFileId", l.id IS NOT NULL FROM "DeletedRow" d
    LEFT JOIN "Lesson" l ON l.id = d."row"->>'lessonId' AND l."organizationId" = ${organizationId}
    LEFT JOIN "LessonAttachment" a ON a."lessonId" = l.id AND a."mediaFileId" = d."row"->>'mediaFileId'
    WHERE ${kept(itemId, "LessonAttachment")}`;

/** Ids of the files whose places are there and free. */
export async function listWantedFiles(scope: TenantScope, itemId: string, tx: Db): Promise<string[]> {
  const rows = await tx.$queryRaw<{ file: string }[]>`
    SELECT DISTINCT file FROM (${references(scope, itemId)}) reference WHERE there AND now IS NULL`;
  return rows.map(({ file }) => file);
}

/** References that an item keeps, and how many of them stand again. */
export async function countReferences(scope: TenantScope, itemId: string, tx: Db): Promise<{ total: number; restored: number }> {
  const rows = await tx.$queryRaw<{ total: number; restored: number }[]>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE now = file))::int AS restored FROM (${references(scope, itemId)}) reference`;
  return rows[0] ?? { total: 0, restored: 0 };
}

/** Puts the references to these files back where the place is free. What has another file by now is left alone. */
export async function putReferencesBack(
  { organizationId }: TenantScope,
  itemId: string,
  { ready, editedById }: { ready: readonly string[]; editedById: string },
  tx: Db,
): Promise<void> {
  const edited = Prisma.sql`version = x.version + 1, "editedAt" = now(), "updatedAt" = now(), "editedById" = ${editedById}`;
  const file = (column: string) => Prisma.sql`CASE WHEN d."row"->>${column} = ANY(${ready}) THEN d."row"->>${column} END`;
  await tx.$executeRaw`
    UPDATE "Organization" x SET "logoId" = d."row"->>'logoId' FROM "DeletedRow" d
    WHERE ${kept(itemId, "Organization")} AND x.id = ${organizationId} AND x."logoId" IS NULL AND d."row"->>'logoId' = ANY(${ready})`;
  await tx.$executeRaw`
    UPDATE "Course" x SET "thumbnailId" = d."row"->>'thumbnailId', ${edited} FROM "DeletedRow" d
    WHERE ${kept(itemId, "Course")} AND x.id = d."row"->>'id' AND x."organizationId" = ${organizationId}
      AND x."thumbnailId" IS NULL AND d."row"->>'thumbnailId' = ANY(${ready})`;
  await tx.$executeRaw`
    INSERT INTO "LessonAttachment" (id, "lessonId", "mediaFileId", position)
    SELECT a.id, a."lessonId", a."mediaFileId", a.place FROM (
      SELECT d."row"->>'id' AS id, l.id AS "lessonId", d."row"->>'mediaFileId' AS "mediaFileId", o.highest +
        row_number() OVER (PARTITION BY l.id ORDER BY (d."row"->>'position')::int) AS place,
        o.taken + row_number() OVER (PARTITION BY l.id ORDER BY (d."row"->>'position')::int) AS number
      FROM "DeletedRow" d JOIN "Lesson" l ON l.id = d."row"->>'lessonId' AND l."organizationId" = ${organizationId}
      CROSS JOIN LATERAL (SELECT count(*) AS taken, coalesce(max(position), -1) AS highest FROM "LessonAttachment" t WHERE t."lessonId" = l.id) o
      WHERE ${kept(itemId, "LessonAttachment")} AND d."row"->>'mediaFileId' = ANY(${ready})
        AND NOT EXISTS (SELECT 1 FROM "LessonAttachment" t WHERE t."lessonId" = l.id AND t."mediaFileId" = d."row"->>'mediaFileId')) a
    WHERE a.number <= ${MAX_ATTACHMENTS} ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    UPDATE "Lesson" x SET "videoId" = coalesce(x."videoId", k.video), "posterId" = coalesce(x."posterId", k.poster), ${edited}
    FROM (SELECT d."row"->>'id' AS id, ${file("videoId")} AS video, ${file("posterId")} AS poster FROM "DeletedRow" d WHERE ${kept(itemId, "Lesson")}
      UNION SELECT d."row"->>'lessonId', NULL, NULL FROM "DeletedRow" d WHERE ${kept(itemId, "LessonAttachment")}
        AND d."row"->>'lessonId' NOT IN (${keptIds(itemId, "Lesson")})) k
    WHERE x.id = k.id AND x."organizationId" = ${organizationId}`;
}
