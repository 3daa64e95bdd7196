/** Whole percent, rounded down, from 0 to 100: 100 only when all are done, 0 of 0 is 0. */
export function percentOf(done: number, total: number): number {
  if (!(total > 0) || !(done > 0)) return 0;
  return done >= total ? 100 : Math.floor((done / total) * 100);
}

/** What a percentage means: "7 of 12 lessons", "1 of 1 lesson", "No lessons yet". */
export function lessonsDone(done: number, total: number): string {
  if (total === 0) return "No lessons yet";
  return `${done} of ${total} ${total === 1 ? "lesson" : "lessons"}`;
}

/** "1 lesson", "12 lessons". */
export function lessonCount(total: number): string {
  return total === 1 ? "1 lesson" : `${total} lessons`;
}
