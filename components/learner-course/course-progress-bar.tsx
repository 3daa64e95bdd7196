import { ProgressBar } from "@/components/ui/progress-bar";
import { lessonsDone } from "@/lib/core/percent";
import type { CourseProgress } from "@/lib/schemas/learner-course";

/** How far one is in a course: a bar, and what it means in lessons. */
export function CourseProgressBar({ progress }: { progress: CourseProgress }) {
  const { done, total, percent } = progress;
  return (
    <div className="grid gap-2">
      <ProgressBar label="Course progress" value={percent} valueText={`${percent}%, ${lessonsDone(done, total)}`} size="sm" />
      <p className="flex justify-between gap-4 text-sm text-muted tabular-nums">
        <span>{lessonsDone(done, total)}</span>
        <span>{percent}%</span>
      </p>
    </div>
  );
}
