import { Play } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/core/clock";
import type { LearnerHome } from "@/lib/schemas/learner-course";
import { CoursePicture } from "./course-picture";
import { CourseProgressBar } from "./course-progress-bar";
import { coursePath, lessonPath } from "./learner-paths";

/** The one thing a returning learner wants: the next lesson, and where in it they stopped. */
export function ContinueCard({ org, current }: { org: string; current: NonNullable<LearnerHome["current"]> }) {
  const { course, lesson } = current;
  const started = course.progress.done > 0 || (lesson?.positionMs ?? 0) > 0;
  return (
    <section aria-label="Continue" className="overflow-hidden rounded-xl border border-line bg-surface md:grid md:grid-cols-2">
      <CoursePicture
        title={course.title}
        picture={course.thumbnail}
        sizes="(min-width: 72rem) 36rem, (min-width: 48rem) 50vw, 100vw"
        priority
        className="md:aspect-auto md:min-h-72"
      />
      <div className="grid content-center gap-6 p-5 sm:p-8">
        <div className="grid gap-2">
          <p className="text-sm text-muted">
            {started ? (
              <>
                Last here <Time value={course.lastActiveAt} />
              </>
            ) : (
              "Ready when you are"
            )}
          </p>
          <h2 className="text-2xl">
            <AppLink href={coursePath(org, course.slug)} className="hover:underline hover:decoration-line-control hover:underline-offset-4">
              {course.title}
            </AppLink>
          </h2>
          {lesson ? (
            <p className="wrap-anywhere text-muted">
              {started ? "Next" : "First"}: <span className="text-ink">{lesson.title}</span>
              {lesson.positionMs > 0 ? ` ·\u00a0from\u00a0${formatDuration(Math.floor(lesson.positionMs / 1000))}` : null}
            </p>
          ) : (
            <p className="text-muted">Its lessons are still being written.</p>
          )}
          {course.completedAt && course.progress.percent < 100 ? (
            <p className="text-sm text-muted">You finished this course before; there are new lessons since.</p>
          ) : null}
        </div>
        <CourseProgressBar progress={course.progress} />
        {lesson ? (
          <Button asChild size="lg" className="justify-self-start max-sm:w-full">
            <AppLink href={lessonPath(org, course.slug, lesson.id)}>
              <Play aria-hidden className="fill-current" /> {started ? "Continue" : "Start the first lesson"}
            </AppLink>
          </Button>
        ) : null}
      </div>
    </section>
  );
}
