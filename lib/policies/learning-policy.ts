import type { CourseStatus } from "../schemas/course";

/**
 * What a member may do with a course:
 * learn    enrolled; progress is recorded
 * preview  an author who looks at it as a learner would; nothing is recorded
 * offer    sees the outline and may enrol
 * none     as if it did not exist
 */
export type CourseAccess = "learn" | "preview" | "offer" | "none";

export type CourseStanding = { status: CourseStatus; enrolled: boolean; author: boolean };

/** An archived course stays open to those who are enrolled; a draft is open to authors alone, even when learners enrolled before. */
export function courseAccess({ status, enrolled, author }: CourseStanding): CourseAccess {
  if (enrolled && status !== "DRAFT") return "learn";
  if (author) return "preview";
  return status === "PUBLISHED" ? "offer" : "none";
}

/** May one enrol now? Only in what is published, and once. */
export function canEnrol({ status, enrolled }: Omit<CourseStanding, "author">): boolean {
  return status === "PUBLISHED" && !enrolled;
}

type LessonStanding = { id: string; done: boolean };

/**
 * The lesson that "continue" opens: the last one while it is not done, else the first one after it that is not done, else the first
 * of all that is not done. When all are done, the first. Null for a course without lessons.
 */
export function nextLessonOf<L extends LessonStanding>(lessons: readonly L[], lastLessonId: string | null): L | null {
  const last = lessons.findIndex((lesson) => lesson.id === lastLessonId);
  const fromLast = last < 0 ? lessons : lessons.slice(last);
  return fromLast.find((lesson) => !lesson.done) ?? lessons.find((lesson) => !lesson.done) ?? lessons[0] ?? null;
}
