import { BookOpen, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { coursesPath, newCoursePath } from "@/components/course/author-paths";
import { CourseList } from "@/components/course/course-list";
import { DeletedCourses } from "@/components/course/deleted-courses";
import { StatusFilter } from "@/components/course/status-filter";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { pageMember } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import { courseListSchema } from "@/lib/schemas/course";
import { listCourses } from "@/lib/services/course-service";
import { listDeletedCourses } from "@/lib/services/deleted-content-service";
import { restore } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/courses">): Promise<Metadata> {
  const actor = await pageMember((await params).org, "course.author");
  return { title: `Courses · ${actor.organization.name}` };
}

export default async function CoursesPage({ params, searchParams }: PageProps<"/o/[org]/admin/courses">) {
  const { org } = await params;
  const actor = await pageMember(org, "course.author");
  const input = courseListSchema.parse(await searchParams);
  const [list, deleted] = await Promise.all([listCourses(actor, input), can(actor, "course.delete") ? listDeletedCourses(actor) : []]);
  const query = { q: input.q, status: input.status ?? undefined };
  const lastPage = hrefFromPastTheEnd(coursesPath(org), query, list);
  if (lastPage) redirect(toRoute(lastPage));
  const narrowed = input.q !== "" || input.status !== null;
  const create = (
    <Button asChild>
      <AppLink href={newCoursePath(org)}>
        <Plus aria-hidden /> New course
      </AppLink>
    </Button>
  );

  const deletedCourses = <DeletedCourses org={org} items={deleted} restore={restore} />;

  if (list.items.length === 0 && !narrowed) {
    return (
      <div className="grid gap-6">
        <PageHeader title="Courses" />
        <EmptyState icon={BookOpen} title="No courses yet" action={create}>
          A course is a few chapters of short lessons: video, text, files to download. Start with the one that every new client needs.
        </EmptyState>
        {deletedCourses}
      </div>
    );
  }
  return (
    <div className="grid gap-6">
      <PageHeader title="Courses" actions={create} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SearchInput label="Search courses" />
        <StatusFilter org={org} search={input.q} chosen={input.status} counts={list.counts} />
      </div>
      {list.items.length > 0 ? (
        <CourseList org={org} courses={list.items} />
      ) : (
        <EmptyState
          icon={SearchX}
          title="No course matches"
          action={
            <Button asChild variant="secondary">
              <AppLink href={coursesPath(org)}>Show all courses</AppLink>
            </Button>
          }
        >
          Search for a part of the title, summary, category or address, or choose another state.
        </EmptyState>
      )}
      <Pagination {...pageHrefs(coursesPath(org), query, list)} summary={pageSummary(list)} />
      {deletedCourses}
    </div>
  );
}
