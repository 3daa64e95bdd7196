import { ArrowLeft } from "lucide-react";
import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { ColdVideo } from "@/components/learner-course/cold-video";
import { CourseOutline } from "@/components/learner-course/course-outline";
import { CourseProgressBar } from "@/components/learner-course/course-progress-bar";
import { coursePath, lessonPath } from "@/components/learner-course/learner-paths";
import { LessonAttachments } from "@/components/learner-course/lesson-attachments";
import { LessonSteps } from "@/components/learner-course/lesson-steps";
import { OutlineSheet } from "@/components/learner-course/outline-sheet";
import { PreviewNotice } from "@/components/learner-course/preview-notice";
import { LessonPlayer } from "@/components/progress/lesson-player";
import { MarkDoneButton } from "@/components/progress/mark-done-button";
import { RichText } from "@/components/rich-text/rich-text";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { idSchema } from "@/lib/core/id";
import { orNotFound, pageMember } from "@/lib/gates/require-actor";
import { findLesson } from "@/lib/services/learner-course-service";
import { markLessonDone } from "./actions";

type Props = { params: Promise<{ org: string; course: string; lesson: string }> };

/** The page and its title need the same lesson: read once for each request. Who is not enrolled is led to the course. */
const loadLesson = cache(async (org: string, courseSlug: string, lessonId: string) => {
  const actor = await pageMember(org, "course.learn");
  if (!idSchema.safeParse(lessonId).success) notFound();
  const lesson = await orNotFound(findLesson(actor, { courseSlug, lessonId }));
  if (!lesson) redirect(coursePath(org, courseSlug) as Route);
  return { actor, lesson };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, course, lesson: id } = await params;
  const { actor, lesson } = await loadLesson(org, course, id);
  return { title: { absolute: `${lesson.title} · ${lesson.course.title} · ${actor.organization.name}` } };
}

export default async function LessonPage({ params }: Props) {
  const { org, course: slug, lesson: id } = await params;
  const { actor, lesson } = await loadLesson(org, slug, id);
  const { course, video, coldVideo, next } = lesson;
  const side = (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 gap-3 lg:px-2">
        <p className="font-semibold wrap-anywhere">{course.title}</p>
        {course.access === "learn" ? <CourseProgressBar progress={course.progress} /> : null}
      </div>
      <CourseOutline org={org} course={course} currentLessonId={lesson.id} scale="side" />
    </div>
  );
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
      <article className="grid min-w-0 grid-cols-1 content-start gap-6">
        {course.access === "preview" ? <PreviewNotice editHref={`/o/${org}/admin/courses/${course.id}/lessons/${lesson.id}`} /> : null}
        {video ? (
          <div className="max-sm:first:-mt-6">
            <LessonPlayer
              key={video.mediaFileId}
              org={org}
              title={lesson.title}
              source={video}
              poster={lesson.poster}
              positionMs={lesson.positionMs}
              recording={course.enrolmentId ? { enrolmentId: course.enrolmentId, lessonId: lesson.id } : null}
              next={next ? { href: lessonPath(org, course.slug, next.id), title: next.title } : null}
              done={lesson.done}
            />
          </div>
        ) : null}
        {coldVideo ? <ColdVideo video={coldVideo} organization={actor.organization.name} /> : null}
        <header className="grid grid-cols-1 gap-3">
          <div className="flex items-center justify-between gap-4">
            <AppLink
              href={coursePath(org, course.slug)}
              className="-my-2 flex min-w-0 items-center gap-1.5 py-2 text-sm text-muted hover:text-ink"
            >
              <ArrowLeft aria-hidden className="size-4 shrink-0" />
              <span className="truncate">{course.title}</span>
            </AppLink>
            <div className="shrink-0 lg:hidden">
              <OutlineSheet>{side}</OutlineSheet>
            </div>
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="text-2xl sm:text-3xl">{lesson.title}</h1>
            {lesson.done && !lesson.markable ? <Badge tone="positive">Done</Badge> : null}
          </div>
        </header>
        {lesson.body ? <RichText document={lesson.body} /> : null}
        {!lesson.body && !video && !coldVideo ? <p className="text-muted">This lesson has no content yet.</p> : null}
        <LessonAttachments org={org} attachments={lesson.attachments} />
        {lesson.markable && course.access === "learn" ? (
          <MarkDoneButton org={org} lessonId={lesson.id} done={lesson.done} mark={markLessonDone} />
        ) : null}
        <hr className="mt-2 border-line" />
        <LessonSteps org={org} lesson={lesson} />
      </article>
      <aside aria-label="Lessons of this course" className="max-lg:hidden">
        <div className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto pb-4">{side}</div>
      </aside>
    </div>
  );
}
