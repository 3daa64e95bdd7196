import { ChevronLeft, ChevronRight } from "lucide-react";
import { editLessonPath } from "@/components/course/author-paths";
import { AppLink } from "@/components/ui/app-link";
import type { LessonLink } from "@/lib/schemas/lesson";

/** Props of `LessonNeighbours`. */
export interface LessonNeighboursProps {
  org: string;
  courseId: string;
  previous: LessonLink | null;
  next: LessonLink | null;
}

/** The lessons before and after this one, across chapters. */
export function LessonNeighbours({ org, courseId, previous, next }: LessonNeighboursProps) {
  if (!previous && !next) return null;
  const look = "flex min-w-0 items-center gap-2 rounded-md py-2 text-sm text-muted transition-colors hover:text-ink";
  return (
    <nav aria-label="Lessons before and after" className="grid grid-cols-2 gap-4 border-t border-line pt-4">
      {previous ? (
        <AppLink href={editLessonPath(org, courseId, previous.id)} className={look}>
          <ChevronLeft aria-hidden className="size-4 shrink-0" />
          <span className="truncate">
            <span className="sr-only">Previous lesson: </span>
            {previous.title}
          </span>
        </AppLink>
      ) : (
        <span />
      )}
      {next ? (
        <AppLink href={editLessonPath(org, courseId, next.id)} className={`${look} justify-end`}>
          <span className="truncate">
            <span className="sr-only">Next lesson: </span>
            {next.title}
          </span>
          <ChevronRight aria-hidden className="size-4 shrink-0" />
        </AppLink>
      ) : null}
    </nav>
  );
}
