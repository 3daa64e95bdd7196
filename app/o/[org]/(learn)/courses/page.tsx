import { BookOpen, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { CatalogueFilters } from "@/components/learner-course/catalogue-filters";
import { CourseShelf } from "@/components/learner-course/course-shelf";
import { cataloguePath } from "@/components/learner-course/learner-paths";
import { pageSummary } from "@/components/learner-course/page-summary";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageHrefs } from "@/lib/core/page-href";
import { pageMember } from "@/lib/gates/require-actor";
import { courseLevels, levelLabels } from "@/lib/schemas/course";
import { CATALOGUE_PER_PAGE, catalogueSchema } from "@/lib/schemas/learner-course";
import { listCatalogue } from "@/lib/services/learner-course-service";

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await pageMember((await params).org, "course.learn");
  return { title: { absolute: `Courses · ${actor.organization.name}` } };
}

const levelOptions = courseLevels.map((level) => ({ value: level, label: levelLabels[level] }));

export default async function CataloguePage({ params, searchParams }: Props) {
  const { org } = await params;
  const actor = await pageMember(org, "course.learn");
  const input = catalogueSchema.parse(await searchParams);
  const { courses, total, categories } = await listCatalogue(actor, input);
  const filtered = Boolean(input.q || input.category || input.level);
  const list = { page: input.page, pageSize: CATALOGUE_PER_PAGE, total };
  const links = pageHrefs(cataloguePath(org), { q: input.q, category: input.category, level: input.level }, list);
  return (
    <div className="grid gap-8">
      <PageHeader scale="page" title="Courses" description={`What ${actor.organization.name} teaches, at your own pace.`} />
      {total > 0 || filtered ? (
        <CatalogueFilters categories={categories.map((category) => ({ value: category, label: category }))} levels={levelOptions} />
      ) : null}
      {courses.length > 0 ? (
        <CourseShelf org={org} courses={courses} priority mark={(course) => (course.progress?.percent === 100 ? "Finished" : undefined)} />
      ) : filtered || input.page > 1 ? (
        <EmptyState
          icon={SearchX}
          title="No course matches"
          action={
            <Button asChild variant="secondary">
              <AppLink href={cataloguePath(org)}>Show all courses</AppLink>
            </Button>
          }
        >
          Try fewer words, or another category or level.
        </EmptyState>
      ) : (
        <EmptyState icon={BookOpen} title="No courses yet">
          {actor.organization.name} has not published a course so far. As soon as it does, you will find it here.
        </EmptyState>
      )}
      <Pagination {...links} summary={pageSummary(list, "courses")} />
    </div>
  );
}
