import { AppLink } from "@/components/ui/app-link";
import type { AuthoringOverview } from "@/lib/schemas/course";
import { editLessonPath } from "./author-paths";
import { CourseStatusBadge } from "./course-status-badge";

/** Lessons that have neither video nor text, those in published courses being what learners come upon. */
export function EmptyLessons({ org, total, lessons }: AuthoringOverview["emptyLessons"] & { org: string }) {
  return (
    <section aria-labelledby="empty-lessons" className="grid gap-3">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="empty-lessons" className="text-base font-semibold">
          Lessons without content
        </h2>
        {total > lessons.length ? (
          <p className="text-sm text-muted tabular-nums">
            {lessons.length} of {total}
          </p>
        ) : null}
      </div>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {lessons.map((lesson) => (
          <li key={lesson.id} className="relative flex min-h-12 items-center gap-4 px-4 py-2 transition-colors hover:bg-sunken/60">
            <div className="grid min-w-0 flex-1 gap-0.5">
              <AppLink
                href={editLessonPath(org, lesson.course.id, lesson.id)}
                className="truncate text-sm font-medium after:absolute after:inset-0"
              >
                {lesson.title}
              </AppLink>
              <p className="truncate text-xs text-muted">{lesson.course.title}</p>
            </div>
            <CourseStatusBadge status={lesson.course.status} />
          </li>
        ))}
      </ul>
    </section>
  );
}
