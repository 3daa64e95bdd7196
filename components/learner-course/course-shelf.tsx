import type { ReactNode } from "react";
import type { CourseCard as CourseCardData } from "@/lib/schemas/learner-course";
import { CourseCard } from "./course-card";

/** Props of `CourseShelf`. */
export interface CourseShelfProps {
  org: string;
  courses: readonly CourseCardData[];
  /** Heading of the shelf; without one the cards stand directly under the page's own. */
  title?: string;
  /** A link beside the heading, to more of the kind. */
  action?: ReactNode;
  mark?: (course: CourseCardData) => string | undefined;
  /** The first row is in view at once. */
  priority?: boolean;
}

/** Courses as cards in rows that wrap; a list for screen readers. */
export function CourseShelf({ org, courses, title, action, mark, priority = false }: CourseShelfProps) {
  const cards = (
    <ul className="grid gap-4 sm:grid-cols-2 sm:gap-6 lg:grid-cols-3">
      {courses.map((course, index) => (
        <li key={course.id} className="grid">
          <CourseCard org={org} course={course} mark={mark?.(course)} level={title ? 3 : 2} priority={priority && index < 3} />
        </li>
      ))}
    </ul>
  );
  if (!title) return cards;
  return (
    <section aria-label={title} className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-xl">{title}</h2>
        {action}
      </div>
      {cards}
    </section>
  );
}
