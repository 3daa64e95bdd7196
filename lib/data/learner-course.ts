import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { CATALOGUE_PER_PAGE, type CatalogueInput } from "../schemas/learner-course";
import { db } from "../db";
import { containsText } from "./like-text";
import { mediaFileSelect } from "./media-file";
import { pictureSelect } from "./media-variant";
import type { Db, TenantScope } from "./transaction";

/** More courses than one person follows; the oldest activity falls off the end. */
const MOST_COURSES = 60;

/** Done lessons of an enrolment; a deleted lesson has taken its progress with it. */
const doneCount = { select: { progress: { where: { completedAt: { not: null } } } } };

const card = {
  id: true,
  slug: true,
  title: true,
  summary: true,
  level: true,
  category: true,
  thumbnail: { select: pictureSelect },
  _count: { select: { lessons: true } },
} satisfies Prisma.CourseSelect;

/** Order of a course's lessons, ties included: the same on every page. */
const inOrder: [{ position: "asc" }, { id: "asc" }] = [{ position: "asc" }, { id: "asc" }];

const outline = (userId: string) =>
  ({
    id: true,
    slug: true,
    title: true,
    status: true,
    thumbnail: { select: pictureSelect },
    enrolments: { where: { userId }, select: { id: true, lastLessonId: true } },
    chapters: {
      orderBy: inOrder,
      select: {
        id: true,
        title: true,
        lessons: {
          orderBy: inOrder,
          select: {
            id: true,
            title: true,
            video: { select: { id: true, durationMs: true } },
            progress: {
              where: { enrolment: { userId } },
              select: { mediaFileId: true, watchedMs: true, positionMs: true, completedAt: true },
            },
          },
        },
      },
    },
  }) satisfies Prisma.CourseSelect;

/** What the person is enrolled in and may open, the latest activity first. */
export function listMyCourses({ organizationId }: TenantScope, userId: string, client: Db = db) {
  return client.enrolment.findMany({
    where: { organizationId, userId, course: { status: { not: "DRAFT" } } },
    relationLoadStrategy: "join",
    orderBy: [{ lastActiveAt: "desc" }, { id: "desc" }],
    take: MOST_COURSES,
    select: { id: true, lastActiveAt: true, completedAt: true, _count: doneCount, course: { select: card } },
  });
}

function offered({ organizationId }: TenantScope, input: Partial<CatalogueInput>): Prisma.CourseWhereInput {
  const contains = containsText(input.q);
  return {
    organizationId,
    status: "PUBLISHED",
    ...(input.category ? { category: input.category } : {}),
    ...(input.level ? { level: input.level } : {}),
    ...(contains ? { OR: [{ title: contains }, { summary: contains }, { category: contains }] } : {}),
  };
}

/** One page of the published courses that match, the newest first, with the person's own enrolment. */
export function listCatalogueCourses(scope: TenantScope, userId: string, input: CatalogueInput, client: Db = db) {
  return client.course.findMany({
    where: offered(scope, input),
    relationLoadStrategy: "join",
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    skip: (input.page - 1) * CATALOGUE_PER_PAGE,
    take: CATALOGUE_PER_PAGE,
    select: { ...card, enrolments: { where: { userId }, select: { _count: doneCount } } },
  });
}

export function countCatalogueCourses(scope: TenantScope, input: CatalogueInput, client: Db = db): Promise<number> {
  return client.course.count({ where: offered(scope, input) });
}

/** Categories of the published courses, in the order of the alphabet. */
export async function listCatalogueCategories({ organizationId }: TenantScope, client: Db = db): Promise<string[]> {
  const rows = await client.course.findMany({
    where: { organizationId, status: "PUBLISHED", category: { not: "" } },
    distinct: ["category"],
    orderBy: { category: "asc" },
    take: 100,
    select: { category: true },
  });
  return rows.map((row) => row.category);
}

/** Published courses that the person is not enrolled in, the newest first. */
export function listSuggestedCourses({ organizationId }: TenantScope, userId: string, limit: number, client: Db = db) {
  return client.course.findMany({
    where: { organizationId, status: "PUBLISHED", enrolments: { none: { userId } }, lessons: { some: {} } },
    relationLoadStrategy: "join",
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    take: limit,
    select: card,
  });
}

/** A course with its whole outline and the person's progress in it: one query. */
export function findLearnerCourse({ organizationId }: TenantScope, userId: string, slug: string, client: Db = db) {
  return client.course.findUnique({
    where: { organizationId_slug: { organizationId, slug } },
    relationLoadStrategy: "join",
    select: { ...outline(userId), summary: true, description: true, level: true, category: true },
  });
}

/** A lesson with its files, its course's outline and the person's progress: one query, since the page has a budget of four. */
export function findLearnerLesson(
  { organizationId }: TenantScope,
  userId: string,
  { courseSlug, lessonId }: { courseSlug: string; lessonId: string },
  client: Db = db,
) {
  return client.lesson.findFirst({
    where: { id: lessonId, organizationId, course: { slug: courseSlug, organizationId } },
    relationLoadStrategy: "join",
    select: {
      id: true,
      title: true,
      body: true,
      video: { select: { ...mediaFileSelect, restoreReadyAt: true } },
      poster: { select: mediaFileSelect },
      attachments: { orderBy: inOrder, select: { mediaFile: { select: mediaFileSelect } } },
      course: { select: { ...outline(userId), mediaColdSince: true } },
    },
  });
}

/**
 * A finished lesson video or attachment that the person may have now: of a lesson whose course they are enrolled in and which is open
 * to learners, or of any lesson for an author.
 */
export function findMediaOpenTo(
  { organizationId }: TenantScope,
  { userId, author }: { userId: string; author: boolean },
  mediaFileId: string,
  client: Db = db,
) {
  const lesson = author ? {} : { course: { status: { not: "DRAFT" as const }, enrolments: { some: { userId } } } };
  return client.mediaFile.findFirst({
    where: {
      id: mediaFileId,
      organizationId,
      state: "READY",
      OR: [{ videoOf: { some: lesson } }, { attachedTo: { some: { lesson } } }],
    },
    select: mediaFileSelect,
  });
}
