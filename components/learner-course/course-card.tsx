import { Badge } from "@/components/ui/badge";
import { AppLink } from "@/components/ui/app-link";
import { lessonCount } from "@/lib/core/percent";
import { levelLabels } from "@/lib/schemas/course";
import type { CourseCard as CourseCardData } from "@/lib/schemas/learner-course";
import { CoursePicture } from "./course-picture";
import { CourseProgressBar } from "./course-progress-bar";
import { coursePath } from "./learner-paths";

/** Props of `CourseCard`. */
export interface CourseCardProps {
  org: string;
  course: CourseCardData;
  /** A word on the picture, such as "Finished". */
  mark?: string;
  /** Level of the heading; choose by the page's outline. */
  level?: 2 | 3;
  priority?: boolean;
}

/** A course on a shelf. The title is the link, and its target covers the whole card. */
export function CourseCard({ org, course, mark, level = 3, priority = false }: CourseCardProps) {
  const Heading = `h${level}` as const;
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-line-control">
      <CoursePicture
        title={course.title}
        picture={course.thumbnail}
        sizes="(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, 100vw"
        priority={priority}
        className="border-b border-line"
      />
      <div className="flex flex-1 flex-col gap-3 p-4">
        <div className="flex min-h-5 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          {mark ? <Badge tone="positive">{mark}</Badge> : null}
          {course.category ? <span>{course.category}</span> : null}
          {course.category ? <span aria-hidden>·</span> : null}
          <span>{levelLabels[course.level]}</span>
        </div>
        <div className="grid gap-1">
          <Heading className="text-base leading-6 font-semibold">
            <AppLink href={coursePath(org, course.slug)} className="outline-offset-4 after:absolute after:inset-0">
              {course.title}
            </AppLink>
          </Heading>
          {course.summary ? <p className="line-clamp-2 text-sm leading-6 text-muted">{course.summary}</p> : null}
        </div>
        <div className="mt-auto pt-1">
          {course.progress ? (
            <CourseProgressBar progress={course.progress} />
          ) : (
            <p className="text-sm text-muted tabular-nums">{lessonCount(course.lessonCount)}</p>
          )}
        </div>
      </div>
    </article>
  );
}
