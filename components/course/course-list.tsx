import { CoursePicture } from "@/components/learner-course/course-picture";
import { AppLink } from "@/components/ui/app-link";
import { Time } from "@/components/ui/time";
import { lessonCount } from "@/lib/core/percent";
import type { CourseListItem } from "@/lib/schemas/course";
import { editCoursePath } from "./author-paths";
import { CourseStatusBadge } from "./course-status-badge";

const learnerCount = (count: number) => (count === 1 ? "1 learner" : `${count} learners`);

/** Courses as rows: dense on a laptop, stacked on a phone. The whole row leads to the course. */
export function CourseList({ org, courses }: { org: string; courses: readonly CourseListItem[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {courses.map((course) => (
        <li
          key={course.id}
          className="relative flex items-center gap-4 px-3 py-2.5 transition-colors focus-within:bg-sunken/60 hover:bg-sunken/60 sm:px-4"
        >
          <CoursePicture
            title={course.title}
            picture={course.thumbnail}
            sizes="5rem"
            className="w-20 shrink-0 rounded-sm max-sm:w-16 [&>span]:text-base"
          />
          <div className="grid min-w-0 flex-1 gap-0.5">
            <AppLink
              href={editCoursePath(org, course.id)}
              className="text-sm font-medium text-balance after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text max-sm:line-clamp-2 sm:truncate"
            >
              {course.title}
            </AppLink>
            <p className="text-xs text-muted sm:truncate">
              {course.category ? `${course.category} · ` : ""}
              <span className="lg:hidden">
                {lessonCount(course.lessons)} · {learnerCount(course.learners)}
              </span>
              <span className="font-mono max-lg:hidden">/{course.slug}</span>
            </p>
          </div>
          <p className="w-24 shrink-0 text-right text-sm text-muted tabular-nums max-lg:hidden">{lessonCount(course.lessons)}</p>
          <p className="w-24 shrink-0 text-right text-sm text-muted tabular-nums max-lg:hidden">{learnerCount(course.learners)}</p>
          <p className="w-32 shrink-0 text-right text-sm text-muted max-md:hidden">
            <Time value={course.updatedAt} />
          </p>
          <div className="flex shrink-0 justify-end sm:w-20">
            <CourseStatusBadge status={course.status} />
          </div>
        </li>
      ))}
    </ul>
  );
}
