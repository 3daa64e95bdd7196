import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { coursePath } from "@/components/learner-course/learner-paths";
import { AppLink } from "@/components/ui/app-link";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { CourseSummary } from "@/lib/schemas/course";
import { courseLearnersPath, coursesPath, curriculumPath, editCoursePath } from "./author-paths";
import { CourseStatusBadge } from "./course-status-badge";

/** Props of `CourseHeader`. */
export interface CourseHeaderProps {
  org: string;
  course: CourseSummary;
  /** Buttons beside the preview link: publishing and the rest. */
  actions?: ReactNode;
}

/** The head that the pages of one course share: where it is, its state, a look as a learner, and the tabs. */
export function CourseHeader({ org, course, actions }: CourseHeaderProps) {
  return (
    <div className="grid gap-6">
      <PageHeader
        eyebrow={<Breadcrumbs items={[{ label: "Courses", href: coursesPath(org) }, { label: course.title }]} />}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {course.title} <CourseStatusBadge status={course.status} />
          </span>
        }
        actions={
          <>
            <Button asChild variant="secondary">
              <AppLink href={coursePath(org, course.slug)} prefetch={false}>
                <Eye aria-hidden /> Preview
              </AppLink>
            </Button>
            {actions}
          </>
        }
      />
      <NavTabs
        label="Course"
        tabs={[
          { label: "Details", href: editCoursePath(org, course.id), exact: true },
          { label: "Curriculum", href: curriculumPath(org, course.id), count: course.lessons },
          { label: "Learners", href: courseLearnersPath(org, course.id), count: course.learners },
        ]}
      />
    </div>
  );
}
