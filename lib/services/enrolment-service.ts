import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { percentOf } from "../core/percent";
import { findCourseForEnrolment, insertEnrolment, listCourseLearners } from "../data/enrolment";
import { inTransaction } from "../data/transaction";
import { assertCan, can } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { canEnrol, courseAccess } from "../policies/learning-policy";
import type { CourseLearnerList, LearnerListInput } from "../schemas/enrolment";

/**
 * Enrols the member in a published course. A second call, also one at the same moment, changes nothing.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, REJECTED (the course takes nobody new)
 */
export async function enrol(actor: MemberActor, { courseId }: { courseId: string }): Promise<{ courseSlug: string }> {
  assertCan(actor, "course.learn");
  const scope = { organizationId: actor.organization.id };
  return inTransaction(async (tx) => {
    const course = await findCourseForEnrolment(scope, courseId, actor.userId, tx);
    if (!course) throw notFoundError("This course");
    const standing = { status: course.status, enrolled: course.enrolments.length > 0, author: can(actor, "course.author") };
    if (courseAccess(standing) === "none") throw notFoundError("This course", `course is ${course.status}`);
    if (!standing.enrolled) {
      if (!canEnrol(standing)) throw new AppError("REJECTED", "This course is not published, so nobody can enrol in it now.");
      await insertEnrolment(scope, course.id, actor.userId, tx);
    }
    return { courseSlug: course.slug };
  });
}

/**
 * One page of a course's learners for those who run it.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function listLearners(actor: MemberActor, courseId: string, input: LearnerListInput): Promise<CourseLearnerList> {
  assertCan(actor, "progress.view");
  const scope = { organizationId: actor.organization.id };
  const [course, rows] = await Promise.all([
    findCourseForEnrolment(scope, courseId, actor.userId),
    listCourseLearners(scope, courseId, input),
  ]);
  if (!course) throw notFoundError("This course");
  return {
    course: { id: course.id, title: course.title, slug: course.slug },
    learners: rows.map(({ matches: _matches, ...row }) => ({ ...row, percent: percentOf(row.done, row.total) })),
    total: rows[0]?.matches ?? 0,
  };
}
