import { ArrowLeft, ArrowRight } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import type { LearnerLesson } from "@/lib/schemas/learner-course";
import { coursePath, lessonPath } from "./learner-paths";

const step =
  "grid grid-cols-1 gap-1 rounded-lg border border-line bg-surface px-4 py-3 text-sm transition-colors hover:border-line-control";

/** To the lessons before and after this one; after the last, back to the course. */
export function LessonSteps({ org, lesson }: { org: string; lesson: LearnerLesson }) {
  const { course, previous, next } = lesson;
  return (
    <nav aria-label="Previous and next lesson" className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      {previous ? (
        <AppLink href={lessonPath(org, course.slug, previous.id)} rel="prev" className={step}>
          <span className="flex items-center gap-1.5 text-muted">
            <ArrowLeft aria-hidden className="size-3.5" /> Previous
          </span>
          <span className="truncate font-medium">{previous.title}</span>
        </AppLink>
      ) : (
        <span className="max-sm:hidden" />
      )}
      <AppLink
        href={next ? lessonPath(org, course.slug, next.id) : coursePath(org, course.slug)}
        rel={next ? "next" : undefined}
        className={cn(step, "text-right max-sm:order-first")}
      >
        <span className="flex items-center justify-end gap-1.5 text-muted">
          {next ? "Next" : "End of the course"} <ArrowRight aria-hidden className="size-3.5" />
        </span>
        <span className="truncate font-medium">{next ? next.title : "Back to the course page"}</span>
      </AppLink>
    </nav>
  );
}
