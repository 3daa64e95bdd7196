import { BookOpen, Clock, GraduationCap, Tag } from "lucide-react";
import { formatLength } from "@/lib/core/clock";
import { lessonCount } from "@/lib/core/percent";
import { levelLabels } from "@/lib/schemas/course";
import type { LearnerCourse } from "@/lib/schemas/learner-course";

/** Level, category, lessons and length of a course, in one line that wraps. */
export function CourseFacts({ course }: { course: LearnerCourse }) {
  const facts = [
    { name: "Level", icon: GraduationCap, value: levelLabels[course.level] },
    ...(course.category ? [{ name: "Category", icon: Tag, value: course.category }] : []),
    { name: "Lessons", icon: BookOpen, value: lessonCount(course.progress.total) },
    ...(course.durationMs > 0 ? [{ name: "Video", icon: Clock, value: `${formatLength(course.durationMs / 1000)} of video` }] : []),
  ];
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-2 text-sm text-muted">
      {facts.map(({ name, icon: Icon, value }) => (
        <div key={name} className="flex items-center gap-1.5">
          <dt>
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{name}</span>
          </dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
