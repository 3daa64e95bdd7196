import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { EnrolButton } from "@/components/enrolment/enrol-button";
import { CourseFacts } from "@/components/learner-course/course-facts";
import { CourseOutline } from "@/components/learner-course/course-outline";
import { CoursePicture } from "@/components/learner-course/course-picture";
import { CourseStart } from "@/components/learner-course/course-start";
import { cataloguePath, coursePath, lessonPath } from "@/components/learner-course/learner-paths";
import { PreviewNotice } from "@/components/learner-course/preview-notice";
import { RichText } from "@/components/rich-text/rich-text";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { orNotFound, pageMember } from "@/lib/gates/require-actor";
import { getLearnerCourse } from "@/lib/services/learner-course-service";
import { enrolInCourse } from "./actions";

type Props = { params: Promise<{ org: string; course: string }> };

/** The page and its title need the same course: read once for each request. */
const loadCourse = cache(async (org: string, slug: string) => {
  const actor = await pageMember(org, "course.learn");
  return { actor, course: await orNotFound(getLearnerCourse(actor, slug)) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, course: slug } = await params;
  const { actor, course } = await loadCourse(org, slug);
  return { title: { absolute: `${course.title} · ${actor.organization.name}` }, description: course.summary || undefined };
}

export default async function CoursePage({ params }: Props) {
  const { org, course: slug } = await params;
  const { course } = await loadCourse(org, slug);
  const first = course.nextLesson;
  const enrol = course.canEnrol ? (
    <EnrolButton
      org={org}
      courseId={course.id}
      firstHref={first ? lessonPath(org, course.slug, first.id) : coursePath(org, course.slug)}
      enrol={enrolInCourse}
    />
  ) : null;
  return (
    <article className="grid grid-cols-1 gap-8 sm:gap-12">
      <div className="grid grid-cols-1 gap-4">
        {course.access === "preview" ? <PreviewNotice editHref={`/o/${org}/admin/courses/${course.id}`} /> : null}
        <Breadcrumbs items={[{ label: "Courses", href: cataloguePath(org) }, { label: course.title }]} />
      </div>
      <header className="grid grid-cols-1 gap-6 md:grid-cols-2 md:items-center md:gap-8 lg:gap-12">
        <CoursePicture
          title={course.title}
          picture={course.thumbnail}
          sizes="(min-width: 72rem) 36rem, (min-width: 48rem) 50vw, 100vw"
          priority
          className="rounded-xl border border-line max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0 md:order-last"
        />
        <div className="grid grid-cols-1 gap-5">
          <h1 className="text-3xl sm:text-4xl">{course.title}</h1>
          {course.summary ? <p className="text-lg text-pretty wrap-anywhere text-muted">{course.summary}</p> : null}
          <CourseFacts course={course} />
          <div className="mt-2 grid grid-cols-1 gap-4 empty:hidden">
            <CourseStart org={org} course={course} enrol={enrol} />
          </div>
        </div>
      </header>
      {course.description ? (
        <section aria-label="About this course">
          <RichText document={course.description} />
        </section>
      ) : null}
      {course.progress.total > 0 ? (
        <section aria-label="Lessons" className="grid max-w-3xl gap-5">
          <h2 className="text-xl">Lessons</h2>
          <CourseOutline org={org} course={course} />
        </section>
      ) : (
        <EmptyState icon={BookOpen} title="No lessons yet">
          The lessons of this course are still being written.
        </EmptyState>
      )}
    </article>
  );
}
