import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { ContinueCard } from "@/components/learner-course/continue-card";
import { CourseShelf } from "@/components/learner-course/course-shelf";
import { cataloguePath } from "@/components/learner-course/learner-paths";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageMember } from "@/lib/gates/require-actor";
import { getHome } from "@/lib/services/learner-course-service";

type Props = { params: Promise<{ org: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await pageMember((await params).org, "course.learn");
  return { title: { absolute: `Home · ${actor.organization.name}` } };
}

export default async function HomePage({ params }: Props) {
  const { org } = await params;
  const actor = await pageMember(org, "course.learn");
  const { current, underway, finished, suggestions } = await getHome(actor);
  const empty = !current && underway.length + finished.length + suggestions.length === 0;
  const firstName = actor.name.trim().split(/\s+/)[0];
  return (
    <div className="grid gap-10 sm:gap-14">
      <PageHeader
        scale="page"
        title={firstName ? `Hello, ${firstName}` : "Hello"}
        description={
          current
            ? "Pick up where you left off."
            : finished.length > 0
              ? "You have finished everything you started."
              : empty
                ? undefined
                : "Choose a course to begin with."
        }
      />
      {current ? <ContinueCard org={org} current={current} /> : null}
      {underway.length > 0 ? <CourseShelf org={org} title="Also under way" courses={underway} /> : null}
      {suggestions.length > 0 ? (
        <CourseShelf
          org={org}
          title={current || finished.length > 0 ? "More to learn" : "Courses to start with"}
          courses={suggestions}
          action={
            <AppLink
              href={cataloguePath(org)}
              className="-my-2 py-2 text-sm font-medium text-accent-text underline-offset-4 hover:underline"
            >
              All courses
            </AppLink>
          }
        />
      ) : null}
      {finished.length > 0 ? <CourseShelf org={org} title="Finished" courses={finished} /> : null}
      {empty ? (
        <EmptyState icon={BookOpen} title="No courses yet">
          {actor.organization.name} has not published a course so far. As soon as it does, you will find it here.
        </EmptyState>
      ) : null}
    </div>
  );
}
