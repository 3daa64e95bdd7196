import type { CourseMove, CourseStatus } from "../schemas/course";

type Move = { from: readonly CourseStatus[]; to: CourseStatus };

/**
 * The states of a course. DRAFT: only its authors see it. PUBLISHED: in the catalogue. ARCHIVED: out of the catalogue, no new learners,
 * those who are enrolled keep it. An archived course comes back as a draft, so that nobody meets it before it was looked at.
 */
export const moves: Record<CourseMove, Move> = {
  publish: { from: ["DRAFT"], to: "PUBLISHED" },
  unpublish: { from: ["PUBLISHED"], to: "DRAFT" },
  archive: { from: ["DRAFT", "PUBLISHED"], to: "ARCHIVED" },
  restore: { from: ["ARCHIVED"], to: "DRAFT" },
};

/** Whether a course in this state can make that move. */
export function canMove(status: CourseStatus, move: CourseMove): boolean {
  return moves[move].from.includes(status);
}

/** Only what no learner can come upon in the catalogue may be deleted. */
export function isDeletable(status: CourseStatus): boolean {
  return status !== "PUBLISHED";
}

/** What still keeps a course from being published, in a sentence, or null when nothing does. */
export function missingForPublication(course: { lessons: number; lessonsWithContent: number }): string | null {
  if (course.lessons === 0) return "Add a lesson with a video or text before you publish: the course has no lessons yet.";
  if (course.lessonsWithContent === 0) return "Give at least one lesson a video or text before you publish: all of them are empty.";
  return null;
}
