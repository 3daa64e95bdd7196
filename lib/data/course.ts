import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { CourseLevel, CourseStatus } from "../schemas/course";
import type { RichTextDocument } from "../schemas/rich-text";
import { containsText } from "./like-text";
import { mediaFileSelect } from "./media-file";
import { pictureSelect } from "./media-variant";
import type { Db, TenantScope } from "./transaction";
import { isUniqueViolation } from "./unique-violation";

export type CourseFilter = { search: string; status: CourseStatus | null };

function where({ organizationId }: TenantScope, filter: CourseFilter): Prisma.CourseWhereInput {
  const words = containsText(filter.search);
  return {
    organizationId,
    ...(filter.status ? { status: filter.status } : {}),
    ...(words ? { OR: [{ title: words }, { slug: words }, { category: words }, { summary: words }] } : {}),
  };
}

/** One page of courses with their counts, last changed first. */
export function listCourses(scope: TenantScope, filter: CourseFilter, page: { skip: number; take: number }, client: Db = db) {
  return client.course.findMany({
    where: where(scope, filter),
    select: {
      id: true,
      title: true,
      slug: true,
      status: true,
      category: true,
      level: true,
      updatedAt: true,
      thumbnail: { select: pictureSelect },
      _count: { select: { lessons: true, enrolments: true } },
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    relationLoadStrategy: "join",
    ...page,
  });
}

/** How many courses match a search in each status. */
export async function countCoursesByStatus(scope: TenantScope, search: string, client: Db = db): Promise<Record<CourseStatus, number>> {
  const groups = await client.course.groupBy({ by: ["status"], where: where(scope, { search, status: null }), _count: true });
  const counts = { DRAFT: 0, PUBLISHED: 0, ARCHIVED: 0 };
  for (const group of groups) counts[group.status] = group._count;
  return counts;
}

/** The categories that the tenant uses, in the order of the alphabet, at most 50. */
export async function listCategories({ organizationId }: TenantScope, client: Db = db): Promise<string[]> {
  const rows = await client.course.findMany({
    where: { organizationId, category: { not: "" } },
    select: { category: true },
    distinct: ["category"],
    orderBy: { category: "asc" },
    take: 50,
  });
  return rows.map((row) => row.category);
}

/** The details as the form edits them, with the editor's name. */
export function findCourse({ organizationId }: TenantScope, id: string, client: Db = db) {
  return client.course.findFirst({
    where: { id, organizationId },
    select: {
      id: true,
      version: true,
      title: true,
      slug: true,
      summary: true,
      description: true,
      level: true,
      category: true,
      status: true,
      thumbnailId: true,
      thumbnail: { select: mediaFileSelect },
      editedAt: true,
      editedBy: { select: { name: true } },
    },
    relationLoadStrategy: "join",
  });
}

export type CourseSummaryRow = {
  id: string;
  title: string;
  slug: string;
  status: CourseStatus;
  lessons: number;
  lessonsWithContent: number;
  learners: number;
};

/** A course with how many lessons it has, how many of them hold a video or text, and how many people are enrolled: one query. */
export async function findCourseSummary({ organizationId }: TenantScope, id: string, client: Db = db): Promise<CourseSummaryRow | null> {
  const rows = await client.$queryRaw<CourseSummaryRow[]>`
    SELECT c."id", c."title", c."slug", c."status"::text AS "status", l."lessons", l."lessonsWithContent",
      (SELECT count(*)::int FROM "Enrolment" e WHERE e."courseId" = c."id") AS "learners"
    FROM "Course" c
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "lessons", count(*) FILTER (WHERE "videoId" IS NOT NULL OR "body" IS NOT NULL)::int AS "lessonsWithContent"
      FROM "Lesson" WHERE "courseId" = c."id"
    ) l
    WHERE c."id" = ${id} AND c."organizationId" = ${organizationId}`;
  return rows[0] ?? null;
}

/** Adds a draft. Null when the tenant has a course with that slug: the index decides, so two at once can't both win. */
export async function insertCourse(
  { organizationId }: TenantScope,
  row: { title: string; slug: string; editedById: string },
  tx: Db,
): Promise<{ id: string } | null> {
  const [course] = await tx.course.createManyAndReturn({ data: [{ ...row, organizationId }], skipDuplicates: true, select: { id: true } });
  return course ?? null;
}

export type CourseChange = {
  title: string;
  slug: string;
  summary: string;
  description: RichTextDocument | null;
  level: CourseLevel;
  category: string;
  editedById: string;
};

/** Saves the details if they still have that version, and holds the row until the transaction ends. */
export async function updateCourseAtVersion(
  { organizationId }: TenantScope,
  id: string,
  version: number,
  { description, ...change }: CourseChange,
  tx: Db,
): Promise<"saved" | "stale" | "slug-taken"> {
  try {
    const { count } = await tx.course.updateMany({
      where: { id, organizationId, version },
      data: { ...change, description: description ?? Prisma.DbNull, editedAt: new Date(), version: { increment: 1 } },
    });
    return count === 1 ? "saved" : "stale";
  } catch (error) {
    if (isUniqueViolation(error)) return "slug-taken";
    throw error;
  }
}

export async function setThumbnail({ organizationId }: TenantScope, id: string, thumbnailId: string | null, tx: Db): Promise<void> {
  await tx.course.updateMany({ where: { id, organizationId }, data: { thumbnailId } });
}

/** Moves a course from one of these states to another. False when it was in none of them. */
export async function updateCourseStatus(
  { organizationId }: TenantScope,
  id: string,
  move: { from: readonly CourseStatus[]; to: CourseStatus },
  tx: Db,
): Promise<boolean> {
  const now = new Date();
  const { count } = await tx.course.updateMany({
    where: { id, organizationId, status: { in: [...move.from] } },
    data: {
      status: move.to,
      archivedAt: move.to === "ARCHIVED" ? now : null,
      ...(move.to === "PUBLISHED" ? { publishedAt: now } : {}),
    },
  });
  return count === 1;
}

/** Holds the course's row until the transaction ends, and gives what deciding on it needs. */
export async function lockCourse({ organizationId }: TenantScope, id: string, tx: Db) {
  await tx.$queryRaw`SELECT 1 FROM "Course" WHERE "id" = ${id} AND "organizationId" = ${organizationId} FOR UPDATE`;
  return tx.course.findFirst({
    where: { id, organizationId },
    select: { id: true, title: true, slug: true, status: true, thumbnailId: true, _count: { select: { enrolments: true } } },
    relationLoadStrategy: "join",
  });
}

/** The addresses of a tenant's courses that begin like this one. */
export async function listSlugsLike({ organizationId }: TenantScope, slug: string, tx: Db): Promise<string[]> {
  const rows = await tx.course.findMany({ where: { organizationId, slug: { startsWith: slug } }, select: { slug: true } });
  return rows.map((row) => row.slug);
}

export type AuthoringOverviewRow = {
  drafts: number;
  published: number;
  archived: number;
  emptyLessons: number;
  recentLearners: number;
};

/** What an organization's authors have, and how many people learned since a moment: one query. */
export async function readAuthoringOverview({ organizationId }: TenantScope, since: Date, client: Db = db): Promise<AuthoringOverviewRow> {
  const rows = await client.$queryRaw<AuthoringOverviewRow[]>`
    SELECT
      count(*) FILTER (WHERE "status" = 'DRAFT')::int AS "drafts",
      count(*) FILTER (WHERE "status" = 'PUBLISHED')::int AS "published",
      count(*) FILTER (WHERE "status" = 'ARCHIVED')::int AS "archived",
      (SELECT count(*)::int FROM "Lesson" l JOIN "Course" c ON c."id" = l."courseId"
        WHERE l."organizationId" = ${organizationId} AND l."videoId" IS NULL AND l."body" IS NULL AND c."status" <> 'ARCHIVED') AS "emptyLessons",
      (SELECT count(DISTINCT "userId")::int FROM "Enrolment"
        WHERE "organizationId" = ${organizationId} AND "lastActiveAt" >= ${since}) AS "recentLearners"
    FROM "Course" WHERE "organizationId" = ${organizationId}`;
  return rows[0] ?? { drafts: 0, published: 0, archived: 0, emptyLessons: 0, recentLearners: 0 };
}
