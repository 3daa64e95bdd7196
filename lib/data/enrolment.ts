import "server-only";
import { Prisma } from "@/prisma/generated/client";
import type { CourseStatus } from "../schemas/course";
import { LEARNERS_PER_PAGE, type LearnerListInput, type LearnerSort } from "../schemas/enrolment";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

/** A course's state and the person's enrolment in it, if any. */
export function findCourseForEnrolment({ organizationId }: TenantScope, courseId: string, userId: string, client: Db = db) {
  return client.course.findFirst({
    where: { id: courseId, organizationId },
    relationLoadStrategy: "join",
    select: { id: true, slug: true, title: true, status: true, enrolments: { where: { userId }, select: { id: true } } },
  });
}

/** Enrols once: a second call, also one at the same moment, adds nothing. True when this call added the row. */
export async function insertEnrolment({ organizationId }: TenantScope, courseId: string, userId: string, tx: Db): Promise<boolean> {
  const { count } = await tx.enrolment.createMany({ data: [{ organizationId, courseId, userId }], skipDuplicates: true });
  return count === 1;
}

export type LockedEnrolment = {
  enrolmentId: string;
  courseId: string;
  courseStatus: CourseStatus;
  completedAt: Date | null;
  videoId: string | null;
  durationMs: number | null;
};

/**
 * The person's enrolment in a lesson's course, locked until the transaction ends, with the lesson's present video. All that changes the
 * progress of one enrolment takes this lock first, so that two tabs or devices can't overwrite each other. The lesson is kept from being
 * deleted meanwhile.
 */
export async function lockEnrolmentOfLesson(
  { organizationId }: TenantScope,
  lessonId: string,
  userId: string,
  tx: Db,
): Promise<LockedEnrolment | null> {
  const rows = await tx.$queryRaw<LockedEnrolment[]>`
    SELECT e.id AS "enrolmentId", e."courseId", c.status::text AS "courseStatus", e."completedAt", l."videoId", v."durationMs"
    FROM "Lesson" l
    JOIN "Course" c ON c.id = l."courseId"
    JOIN "Enrolment" e ON e."courseId" = l."courseId" AND e."userId" = ${userId}
    LEFT JOIN "MediaFile" v ON v.id = l."videoId"
    WHERE l.id = ${lessonId} AND l."organizationId" = ${organizationId} AND e."organizationId" = ${organizationId}
    FOR UPDATE OF e FOR KEY SHARE OF l`;
  return rows[0] ?? null;
}

/** Notes where the learner is; `completedAt` is given when the course has just become complete. */
export async function touchEnrolment(
  enrolmentId: string,
  change: { lastLessonId: string; lastActiveAt: Date; completedAt?: Date },
  tx: Db,
): Promise<void> {
  await tx.enrolment.update({ where: { id: enrolmentId }, data: change });
}

export type LearnerRow = {
  enrolmentId: string;
  name: string;
  email: string;
  member: boolean;
  done: number;
  total: number;
  lastActiveAt: Date;
  completedAt: Date | null;
  enrolledAt: Date;
  /** Of all that match, on every row */
  matches: number;
};

const learnerOrder: Record<LearnerSort, Prisma.Sql> = {
  active: Prisma.sql`e."lastActiveAt"`,
  name: Prisma.sql`lower(u.name)`,
  percent: Prisma.sql`(p.done::float / greatest(t.total, 1))`,
  enrolled: Prisma.sql`e."createdAt"`,
};

/** A text as it stands, where LIKE would read signs of its own. */
function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, "\\$&")}%`;
}

/** One page of a course's enrolments with the lessons done of those that exist now: one query, whatever the number of learners. */
export function listCourseLearners({ organizationId }: TenantScope, courseId: string, input: LearnerListInput, client: Db = db) {
  const direction = input.order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const matching = input.q ? Prisma.sql`AND (u.name ILIKE ${likePattern(input.q)} OR u.email ILIKE ${likePattern(input.q)})` : Prisma.empty;
  return client.$queryRaw<LearnerRow[]>`
    SELECT e.id AS "enrolmentId", u.name, u.email, m.id IS NOT NULL AS member, p.done, t.total,
           e."lastActiveAt", e."completedAt", e."createdAt" AS "enrolledAt", count(*) OVER ()::int AS matches
    FROM "Enrolment" e
    JOIN "User" u ON u.id = e."userId"
    LEFT JOIN "Member" m ON m."userId" = e."userId" AND m."organizationId" = e."organizationId"
    CROSS JOIN (SELECT count(*)::int AS total FROM "Lesson" WHERE "courseId" = ${courseId}) t
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS done FROM "LessonProgress" WHERE "enrolmentId" = e.id AND "completedAt" IS NOT NULL
    ) p
    WHERE e."organizationId" = ${organizationId} AND e."courseId" = ${courseId} ${matching}
    ORDER BY ${learnerOrder[input.sort]} ${direction}, e.id
    LIMIT ${LEARNERS_PER_PAGE} OFFSET ${(input.page - 1) * LEARNERS_PER_PAGE}`;
}
