import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { CourseStatus } from "../schemas/course";
import type { MediaKind } from "../schemas/media";
import type { FileView } from "../schemas/storage";
import { mediaReferences } from "./media-file";
import type { Db, TenantScope } from "./transaction";

/** What lies in the bucket, spelled as the index "MediaFile_usage_idx" has it. */
const stored = ({ organizationId }: TenantScope) => Prisma.sql`f."organizationId" = ${organizationId} AND f.state IN ('READY', 'RELEASED')`;

/** Objects and bytes of the organization with this slug, from the ledger, or null when there is none. One query, no call to the store. */
export async function sumObjects(organizationSlug: string, client: Db = db): Promise<{ objects: number; bytes: bigint } | null> {
  const rows = await client.$queryRaw<{ objects: number; bytes: bigint }[]>`
    SELECT count(f.bytes)::int AS objects, coalesce(sum(f.bytes), 0)::bigint AS bytes
    FROM "Organization" o LEFT JOIN "MediaFile" f ON f."organizationId" = o.id AND f.state IN ('READY', 'RELEASED')
    WHERE o.slug = ${organizationSlug} GROUP BY o.id`;
  return rows[0] ?? null;
}

export type FileSumRow = { files: number; bytes: bigint };
export type KindSumRow = FileSumRow & { kind: MediaKind };

/** Files by kind; sizes made of a picture add to its kind's bytes. */
export function sumKinds(scope: TenantScope, client: Db = db): Promise<KindSumRow[]> {
  return client.$queryRaw<KindSumRow[]>`
    SELECT f.kind, (count(*) FILTER (WHERE f."parentId" IS NULL))::int AS files, sum(f.bytes)::bigint AS bytes
    FROM "MediaFile" f WHERE ${stored(scope)} GROUP BY f.kind ORDER BY sum(f.bytes) DESC`;
}

export type CourseSumRow = FileSumRow & { id: string; title: string; status: CourseStatus };

/**
 * Courses with what their files take, the largest first. A file that several courses use counts in each. Each file is looked up by its
 * own id, so that the work stays in proportion also before PostgreSQL has statistics of a tenant that has just moved in.
 */
export function listCourseSums(scope: TenantScope, page: { skip: number; take: number }, client: Db = db): Promise<CourseSumRow[]> {
  return client.$queryRaw<CourseSumRow[]>`
    WITH course AS (SELECT id, title, status, "thumbnailId" FROM "Course" WHERE "organizationId" = ${scope.organizationId}),
    lesson AS (SELECT l.id, l."courseId", l."videoId", l."posterId" FROM "Lesson" l JOIN course c ON c.id = l."courseId"),
    held AS (
      SELECT id AS "courseId", "thumbnailId" AS "fileId" FROM course WHERE "thumbnailId" IS NOT NULL
      UNION SELECT "courseId", "videoId" FROM lesson WHERE "videoId" IS NOT NULL
      UNION SELECT "courseId", "posterId" FROM lesson WHERE "posterId" IS NOT NULL
      UNION SELECT l."courseId", a."mediaFileId" FROM lesson l JOIN "LessonAttachment" a ON a."lessonId" = l.id),
    size AS (
      SELECT held."courseId", (SELECT f.bytes FROM "MediaFile" f WHERE f.id = held."fileId" AND f.state IN ('READY', 'RELEASED')) AS own,
        (SELECT sum(f.bytes) FROM "MediaFile" f WHERE f."parentId" = held."fileId" AND f.state IN ('READY', 'RELEASED')) AS derived
      FROM held),
    total AS (SELECT "courseId", count(own) AS files, sum(own + coalesce(derived, 0)) AS bytes FROM size GROUP BY "courseId")
    SELECT c.id, c.title, c.status, coalesce(t.files, 0)::int AS files, coalesce(t.bytes, 0)::bigint AS bytes
    FROM course c LEFT JOIN total t ON t."courseId" = c.id
    ORDER BY 5 DESC, c.title, c.id LIMIT ${page.take} OFFSET ${page.skip}`;
}

/** Files that a plan counts: also those under way and those that are not purged yet, but not the sizes made of pictures. */
export function countFiles({ organizationId }: TenantScope, client: Db = db): Promise<number> {
  return client.mediaFile.count({ where: { organizationId, state: { in: ["PENDING", "READY", "RELEASED"] }, parentId: null } });
}

export function countCourses({ organizationId }: TenantScope, client: Db = db): Promise<number> {
  return client.course.count({ where: { organizationId } });
}

/** Every row that may hold a file; the type asks for one entry of each relation. */
const holders: Record<(typeof mediaReferences)[number], Prisma.Sql> = {
  thumbnailOf: Prisma.sql`SELECT 1 FROM "Course" x WHERE x."thumbnailId" = f.id`,
  videoOf: Prisma.sql`SELECT 1 FROM "Lesson" x WHERE x."videoId" = f.id`,
  posterOf: Prisma.sql`SELECT 1 FROM "Lesson" x WHERE x."posterId" = f.id`,
  attachedTo: Prisma.sql`SELECT 1 FROM "LessonAttachment" x WHERE x."mediaFileId" = f.id`,
  logoOf: Prisma.sql`SELECT 1 FROM "Organization" x WHERE x."logoId" = f.id`,
};
/** No row holds the file `f`. */
export const unheld = Prisma.join(
  mediaReferences.map((relation) => Prisma.sql`NOT EXISTS (${holders[relation]})`),
  " AND ",
);

/**
 * A lesson's state is written with each of its progress events, so its row tells when somebody last watched. Drafts count too: a video
 * that lies in one for that long is not watched either.
 */
const unwatched = (since: Date) => Prisma.sql`f.state = 'READY' AND f.kind = 'VIDEO' AND f."readyAt" < ${since}
  AND EXISTS (${holders.videoOf}) AND NOT EXISTS (
  SELECT 1 FROM "Lesson" l JOIN "LessonProgress" p ON p."lessonId" = l.id WHERE l."videoId" = f.id AND p."updatedAt" >= ${since})`;

function matching(view: Exclude<FileView, "duplicates">, since: Date): Prisma.Sql {
  if (view === "unwatched") return unwatched(since);
  if (view === "unused") return Prisma.sql`f.state = 'READY' AND ${unheld}`;
  return view === "released" ? Prisma.sql`f.state = 'RELEASED'` : Prisma.sql`TRUE`;
}

/** Finished files numbered among those with the same bytes, the oldest first. Sorting, since a join with itself may try every pair. */
const copies = (scope: TenantScope) => Prisma.sql`
  SELECT f.id, f.bytes, f.checksum, row_number() OVER (PARTITION BY f.bytes, f.checksum ORDER BY f.id) AS place,
    count(*) OVER (PARTITION BY f.bytes, f.checksum) AS copies
  FROM "MediaFile" f WHERE ${stored(scope)} AND f."parentId" IS NULL AND f.state = 'READY' AND f.checksum IS NOT NULL`;

/** The files of a view as rows of id, bytes and checksum, without the sizes made of pictures. */
function filesOf(scope: TenantScope, view: FileView, since: Date): Prisma.Sql {
  if (view === "duplicates") return Prisma.sql`SELECT id, bytes, checksum FROM (${copies(scope)}) numbered WHERE copies > 1`;
  return Prisma.sql`SELECT f.id, f.bytes, f.checksum FROM "MediaFile" f WHERE ${stored(scope)} AND f."parentId" IS NULL AND ${matching(view, since)}`;
}

async function sumOf(files: Prisma.Sql, client: Db): Promise<FileSumRow> {
  const rows = await client.$queryRaw<FileSumRow[]>`
    SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::bigint AS bytes FROM (${files}) file`;
  return rows[0] ?? { files: 0, bytes: 0n };
}

/** How many files a view has and what they take. @param since begin of "unwatched" */
export function sumFiles(scope: TenantScope, view: FileView, since: Date, client: Db = db): Promise<FileSumRow> {
  return sumOf(filesOf(scope, view, since), client);
}

/** Of files that are there more than once: the copies beyond the oldest. */
export function sumSpareCopies(scope: TenantScope, client: Db = db): Promise<FileSumRow> {
  return sumOf(Prisma.sql`SELECT bytes FROM (${copies(scope)}) numbered WHERE place > 1`, client);
}

const lessonUse = { select: { id: true, title: true, course: { select: { id: true, title: true } } } } as const;

/** A page of a view's files, the largest first, copies beside each other. */
export async function listFiles(
  scope: TenantScope,
  { view, since, skip, take }: { view: FileView; since: Date; skip: number; take: number },
  client: Db = db,
) {
  const places = await client.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${filesOf(scope, view, since)}) file ORDER BY bytes DESC, checksum, id LIMIT ${take} OFFSET ${skip}`;
  const rows = await client.mediaFile.findMany({
    where: { organizationId: scope.organizationId, id: { in: places.map(({ id }) => id) } },
    select: {
      id: true,
      fileName: true,
      kind: true,
      bytes: true,
      readyAt: true,
      purgeAfter: true,
      lastCourseId: true,
      lastLessonId: true,
      uploadedBy: { select: { name: true, email: true } },
      thumbnailOf: { select: { id: true, title: true }, take: 3 },
      videoOf: { ...lessonUse, take: 3 },
      posterOf: { ...lessonUse, take: 3 },
      attachedTo: { select: { lesson: lessonUse }, take: 3 },
      logoOf: { select: { id: true }, take: 1 },
    },
    relationLoadStrategy: "join",
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Courses and lessons of the tenant by their ids: what is gone is not among them. */
export async function findPlaces({ organizationId }: TenantScope, ids: { courses: string[]; lessons: string[] }, client: Db = db) {
  const [courses, lessons] = await Promise.all([
    client.course.findMany({ where: { organizationId, id: { in: ids.courses } }, select: { id: true, title: true } }),
    client.lesson.findMany({ where: { organizationId, id: { in: ids.lessons } }, select: { id: true, title: true } }),
  ]);
  const titles = (rows: { id: string; title: string }[]) => new Map(rows.map(({ id, title }) => [id, title]));
  return { courses: titles(courses), lessons: titles(lessons) };
}
