import { Eye } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { coursesPath, curriculumPath } from "@/components/course/author-paths";
import { CourseStatusBadge } from "@/components/course/course-status-badge";
import { lessonPath } from "@/components/learner-course/learner-paths";
import { LessonForm } from "@/components/lesson/lesson-form";
import { LessonNeighbours } from "@/components/lesson/lesson-neighbours";
import { AppLink } from "@/components/ui/app-link";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, pageMember } from "@/lib/gates/require-actor";
import { lessonIdSchema } from "@/lib/schemas/lesson";
import { getLesson, getLessonPlace } from "@/lib/services/lesson-service";
import { uploadLimits } from "@/lib/services/upload-service";
import { read, save } from "./actions";

type Props = PageProps<"/o/[org]/admin/courses/[courseId]/lessons/[lessonId]">;

/** The lesson and its place, read once for the page's title and body. */
const load = cache(async (org: string, courseId: string, lessonId: string) => {
  const actor = await pageMember(org, "course.author");
  const input = lessonIdSchema.safeParse({ courseId, lessonId });
  if (!input.success) notFound();
  const [lesson, place] = await orNotFound(Promise.all([getLesson(actor, input.data), getLessonPlace(actor, input.data)]));
  return { actor, lesson, place };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, courseId, lessonId } = await params;
  const { actor, lesson, place } = await load(org, courseId, lessonId);
  return { title: `${lesson.title} · ${place.course.title} · ${actor.organization.name}` };
}

export default async function LessonPage({ params }: Props) {
  const { org, courseId, lessonId } = await params;
  const { actor, lesson, place } = await load(org, courseId, lessonId);
  const limitsOf = await uploadLimits(actor);
  const { course, chapterTitle, previous, next } = place;
  return (
    <div className="grid gap-6">
      <PageHeader
        eyebrow={
          <Breadcrumbs
            items={[
              { label: "Courses", href: coursesPath(org) },
              { label: course.title, href: curriculumPath(org, courseId) },
              { label: chapterTitle },
            ]}
          />
        }
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {lesson.title} <CourseStatusBadge status={course.status} />
          </span>
        }
        actions={
          <Button asChild variant="secondary">
            <AppLink href={lessonPath(org, course.slug, lesson.id)} prefetch={false}>
              <Eye aria-hidden /> Preview
            </AppLink>
          </Button>
        }
      />
      <LessonForm
        key={lesson.id}
        org={org}
        courseId={courseId}
        lesson={lesson}
        limits={{ video: limitsOf("VIDEO"), poster: limitsOf("POSTER"), attachment: limitsOf("ATTACHMENT") }}
        save={save}
        read={read}
      />
      <LessonNeighbours org={org} courseId={courseId} previous={previous} next={next} />
    </div>
  );
}
