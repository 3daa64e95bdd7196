import { Check } from "lucide-react";
import { ProgressRing } from "@/components/ui/progress-ring";
import type { OutlineLesson } from "@/lib/schemas/learner-course";

/** Where one is with a lesson: done, under way, or not begun. The words are for screen readers. */
export function LessonMark({ lesson }: { lesson: Pick<OutlineLesson, "done" | "watchedPercent"> }) {
  if (lesson.done) {
    return (
      <span className="grid size-5 shrink-0 place-items-center rounded-full bg-accent text-on-accent">
        <Check aria-hidden strokeWidth={3} className="size-3" />
        <span className="sr-only">Done: </span>
      </span>
    );
  }
  if (lesson.watchedPercent > 0) return <ProgressRing label="Watched" value={lesson.watchedPercent} size={20} />;
  return <span aria-hidden className="size-5 shrink-0 rounded-full border-2 border-line-strong" />;
}
