import { FileText, Lock, Play } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/core/clock";
import { lessonCount } from "@/lib/core/percent";
import type { CourseOutline as Outline, OutlineLesson } from "@/lib/schemas/learner-course";
import { lessonPath } from "./learner-paths";
import { LessonMark } from "./lesson-mark";

/** Props of `CourseOutline`. */
export interface CourseOutlineProps {
  org: string;
  course: Outline;
  /** The lesson in view. */
  currentLessonId?: string;
  /** "page" for the course page, "side" for the list beside a lesson. */
  scale?: "page" | "side";
}

function Lesson({ lesson, open, compact }: { lesson: OutlineLesson; open: boolean; compact: boolean }) {
  const Icon = lesson.hasVideo ? Play : FileText;
  return (
    <>
      {open ? <LessonMark lesson={lesson} /> : <Lock aria-hidden className="size-4 shrink-0 text-muted" />}
      <span className="min-w-0 flex-1 text-pretty wrap-anywhere">{lesson.title}</span>
      <span className={cn("flex shrink-0 items-center gap-1.5 text-xs leading-5 text-muted tabular-nums", compact && "self-start")}>
        {compact ? null : <Icon aria-hidden className="size-3.5" />}
        {lesson.durationMs ? formatDuration(lesson.durationMs / 1000) : compact ? null : "Read"}
      </span>
    </>
  );
}

/** Chapters and lessons, with what is done. Lessons are links for those who may open them. */
export function CourseOutline({ org, course, currentLessonId, scale = "page" }: CourseOutlineProps) {
  const open = course.access !== "offer";
  const compact = scale === "side";
  const row = cn("flex items-center gap-3 text-sm", compact ? "rounded-md px-2 py-2" : "min-h-12 px-4 py-2.5 sm:px-5");
  return (
    <ol className={cn("grid", compact ? "gap-5" : "gap-6")}>
      {course.chapters.map((chapter, index) => (
        <li key={chapter.id} className="grid gap-2">
          <div className={cn("flex items-baseline justify-between gap-4", compact && "px-2")}>
            <h3 className={compact ? "text-sm font-semibold" : "text-base"}>
              <span className="text-muted tabular-nums">{index + 1}. </span>
              {chapter.title}
            </h3>
            <span className="shrink-0 text-xs text-muted tabular-nums">
              {course.access === "learn"
                ? `${chapter.lessons.filter((lesson) => lesson.done).length}/${chapter.lessons.length}`
                : lessonCount(chapter.lessons.length)}
            </span>
          </div>
          <ol className={cn("grid", compact ? "gap-0.5" : "divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface")}>
            {chapter.lessons.map((lesson) => (
              <li key={lesson.id}>
                {open ? (
                  <AppLink
                    href={lessonPath(org, course.slug, lesson.id)}
                    aria-current={lesson.id === currentLessonId ? "page" : undefined}
                    className={cn(
                      row,
                      "-outline-offset-2 transition-colors hover:bg-sunken",
                      lesson.id === currentLessonId && "bg-accent-soft font-medium hover:bg-accent-soft",
                    )}
                  >
                    <Lesson lesson={lesson} open={open} compact={compact} />
                  </AppLink>
                ) : (
                  <span className={row}>
                    <Lesson lesson={lesson} open={open} compact={compact} />
                  </span>
                )}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
