import { BookOpen, CircleCheck, Plus, UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { coursesPath, newCoursePath } from "@/components/course/author-paths";
import { CourseList } from "@/components/course/course-list";
import { EmptyLessons } from "@/components/course/empty-lessons";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatGroup } from "@/components/ui/stat";
import { pageMember } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import { getAuthoringOverview } from "@/lib/services/course-service";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin">): Promise<Metadata> {
  const actor = await pageMember((await params).org, "course.author");
  return { title: `Overview · ${actor.organization.name}` };
}

export default async function OverviewPage({ params }: PageProps<"/o/[org]/admin">) {
  const { org } = await params;
  const actor = await pageMember(org, "course.author");
  const { courses, recentLearners, drafts, emptyLessons } = await getAuthoringOverview(actor);
  const create = (
    <Button asChild>
      <AppLink href={newCoursePath(org)}>
        <Plus aria-hidden /> New course
      </AppLink>
    </Button>
  );

  if (courses.DRAFT + courses.PUBLISHED + courses.ARCHIVED === 0) {
    return (
      <div className="grid gap-6">
        <PageHeader title={actor.organization.name} description="Your academy is ready for its first course." />
        <EmptyState icon={BookOpen} title="Start the first course" action={create}>
          Give it a title, add a chapter and a lesson, and look at it as a learner would. Nobody else sees it before you publish.
        </EmptyState>
      </div>
    );
  }
  const nothingWaits = drafts.length === 0 && emptyLessons.total === 0;
  return (
    <div className="grid gap-8">
      <PageHeader
        title={actor.organization.name}
        actions={
          <>
            {can(actor, "member.manage") ? (
              <Button asChild variant="secondary">
                <AppLink href={`/o/${org}/admin/people`}>
                  <UserPlus aria-hidden /> Invite people
                </AppLink>
              </Button>
            ) : null}
            {create}
          </>
        }
      />
      <StatGroup>
        <Stat
          label="Published courses"
          value={courses.PUBLISHED}
          hint={courses.ARCHIVED > 0 ? `${courses.ARCHIVED} archived` : undefined}
        />
        <Stat label="Drafts" value={courses.DRAFT} />
        <Stat label="Empty lessons" value={emptyLessons.total} hint="No video, no text" />
        <Stat label="Active learners" value={recentLearners} hint="Last 7 days" />
      </StatGroup>
      {nothingWaits ? (
        <EmptyState icon={CircleCheck} title="Nothing is waiting">
          No drafts, and every lesson has a video or text.
        </EmptyState>
      ) : null}
      {drafts.length > 0 ? (
        <section aria-labelledby="drafts" className="grid gap-3">
          <div className="flex items-baseline justify-between gap-4">
            <h2 id="drafts" className="text-base font-semibold">
              Drafts
            </h2>
            {courses.DRAFT > drafts.length ? (
              <AppLink href={`${coursesPath(org)}?status=DRAFT`} className="text-sm text-accent-text underline underline-offset-4">
                All {courses.DRAFT} drafts
              </AppLink>
            ) : null}
          </div>
          <CourseList org={org} courses={drafts} />
        </section>
      ) : null}
      {emptyLessons.total > 0 ? <EmptyLessons org={org} {...emptyLessons} /> : null}
    </div>
  );
}
