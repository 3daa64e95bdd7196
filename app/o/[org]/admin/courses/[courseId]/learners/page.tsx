import { SearchX, Users } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LearnerTable } from "@/components/enrolment/learner-table";
import { pageSummary } from "@/components/learner-course/page-summary";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { hrefFromPastTheEnd, hrefWith, pageHrefs } from "@/lib/core/page-href";
import { orNotFound, pageMember } from "@/lib/gates/require-actor";
import { LEARNERS_PER_PAGE, learnerListSchema } from "@/lib/schemas/enrolment";
import { listLearners } from "@/lib/services/enrolment-service";
import { CourseFrame } from "../course-frame";
import { loadCourse } from "../load-course";

type Props = {
  params: Promise<{ org: string; courseId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, courseId } = await params;
  const { actor, course } = await loadCourse(org, courseId);
  return { title: `Learners · ${course.title} · ${actor.organization.name}` };
}

export default async function CourseLearnersPage({ params, searchParams }: Props) {
  const { org, courseId } = await params;
  const actor = await pageMember(org, "progress.view");
  // A malformed id is "not found" before it is looked for.
  await loadCourse(org, courseId);
  const input = learnerListSchema.parse(await searchParams);
  const { learners, total } = await orNotFound(listLearners(actor, courseId, input));
  const path = `/o/${org}/admin/courses/${courseId}/learners`;
  const sortHref = (sort: string, order: string) => hrefWith(path, { q: input.q, sort, order });
  const list = { page: input.page, pageSize: LEARNERS_PER_PAGE, total };
  const query = { q: input.q, sort: input.sort, order: input.order };
  const lastPage = hrefFromPastTheEnd(path, query, list);
  if (lastPage) redirect(toRoute(lastPage));
  const links = pageHrefs(path, query, list);
  const filtered = Boolean(input.q);

  return (
    <CourseFrame org={org} courseId={courseId}>
      {learners.length === 0 && !filtered ? (
        <EmptyState icon={Users} title="No learners yet">
          Members enrol themselves once the course is published. Each will be listed here with their progress.
        </EmptyState>
      ) : (
        <section aria-label="Learners" className="grid gap-4">
          <SearchInput label="Search by name or address" />
          {learners.length > 0 ? (
            <LearnerTable learners={learners} sorted={input} sortHref={sortHref} />
          ) : (
            <EmptyState
              icon={SearchX}
              title="No learner matches"
              action={
                <Button asChild variant="secondary">
                  <AppLink href={path}>Show all learners</AppLink>
                </Button>
              }
            >
              Try part of a name or of an address.
            </EmptyState>
          )}
          <Pagination {...links} summary={pageSummary(list, "learners")} />
        </section>
      )}
    </CourseFrame>
  );
}
