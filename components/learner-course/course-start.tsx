import { Play, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import type { LearnerCourse } from "@/lib/schemas/learner-course";
import { CourseProgressBar } from "./course-progress-bar";
import { lessonPath } from "./learner-paths";

/** Props of `CourseStart`. */
export interface CourseStartProps {
  org: string;
  course: LearnerCourse;
  /** The button that enrols, for who may. */
  enrol: ReactNode;
}

/** The one act of a course page: enrol, start, continue or start again. */
export function CourseStart({ org, course, enrol }: CourseStartProps) {
  const { progress, nextLesson, access } = course;
  // The page says in the place of the lessons that there are none.
  if (!nextLesson) return null;
  const open = (label: string, icon: ReactNode) => (
    <Button asChild size="lg" variant={access === "preview" ? "secondary" : "primary"} className="max-sm:w-full sm:justify-self-start">
      <AppLink href={lessonPath(org, course.slug, nextLesson.id)}>
        {icon} {label}
      </AppLink>
    </Button>
  );
  const play = <Play aria-hidden className="fill-current" />;
  if (access === "preview") return open("Preview the first lesson", play);
  if (access === "offer") return enrol;
  if (progress.percent === 100) {
    return (
      <>
        <CourseProgressBar progress={progress} />
        <p className="text-sm text-muted">You have finished this course. Come back to any lesson whenever you like.</p>
        {open("Start again", <RotateCcw aria-hidden />)}
      </>
    );
  }
  return (
    <>
      {course.started ? <CourseProgressBar progress={progress} /> : null}
      {open(course.started ? "Continue" : "Start the course", play)}
      {course.started ? <p className="text-sm wrap-anywhere text-muted">Next: {nextLesson.title}</p> : null}
    </>
  );
}
