import { formatBytes } from "@/lib/core/bytes";
import { lessonCount } from "@/lib/core/percent";
import type { DeletedItemView, RefillReport, RestoreReport } from "@/lib/schemas/deleted-content";

/** Milliseconds that an offer to undo stays on screen. */
export const UNDO_SHOWN = 12_000;

const counted = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count.toLocaleString("en-GB")} ${one}s`);

/** "24 hours", "1 hour", "3 days". */
export function undoSpan(hours: number): string {
  return hours >= 48 && hours % 24 === 0 ? counted(hours / 24, "day") : counted(hours, "hour");
}

/** The last sentence of every question that asks before something is deleted. */
export const undoSentence = (hours: number) => `It can be restored for ${undoSpan(hours)}.`;

const kindNames = { COURSE: "Course", CHAPTER: "Chapter", LESSON: "Lesson", FILES: "Files" } as const;

/** What it was and what went with it: "Chapter, 3 lessons, 2 files (12 MB), 4 learners". */
export function whatWent({ kind, counts }: Pick<DeletedItemView, "kind" | "counts">): string {
  const { lessons, files, bytes, learners } = counts;
  return [
    kindNames[kind],
    kind !== "LESSON" && lessons > 0 ? lessonCount(lessons) : "",
    files > 0 ? `${counted(files, "file")} (${formatBytes(bytes)})` : "",
    learners > 0 ? `the progress of ${counted(learners, "learner")}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** What became of a restoration, beyond "it is back"; undefined when all is as it was. */
export function restoreNotes({ lostFiles, movedTo, newSlug }: RestoreReport): string | undefined {
  const notes = [
    movedTo ? `Its chapter is gone, so it is at the end of “${movedTo}”.` : "",
    newSlug ? `Its address was taken meanwhile; the new one is ${newSlug}.` : "",
    lostFiles.length > 0 ? `Deleted for good meanwhile: ${lostFiles.join(", ")}.` : "",
  ].filter(Boolean);
  return notes.length > 0 ? notes.join(" ") : undefined;
}

/** What became of an emptying that was taken back. */
export function refillText({ restored, left }: RefillReport): string {
  const back = restored === 0 ? "No place was free for a file." : `Files are back in ${counted(restored, "place")}.`;
  return left === 0
    ? back
    : `${back} ${counted(left, "place")} ${left === 1 ? "has" : "have"} another file by now, or ${left === 1 ? "is" : "are"} gone.`;
}
