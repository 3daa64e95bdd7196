import type { Metadata } from "next";
import { coursesPath } from "@/components/course/author-paths";
import { NewCourseForm } from "@/components/course/new-course-form";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { pageMember } from "@/lib/gates/require-actor";
import { create } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/courses/new">): Promise<Metadata> {
  const actor = await pageMember((await params).org, "course.author");
  return { title: `New course · ${actor.organization.name}` };
}

export default async function NewCoursePage({ params }: PageProps<"/o/[org]/admin/courses/new">) {
  const { org } = await params;
  await pageMember(org, "course.author");
  return (
    <div className="grid gap-8">
      <PageHeader
        eyebrow={<Breadcrumbs items={[{ label: "Courses", href: coursesPath(org) }, { label: "New course" }]} />}
        title="New course"
        description="It begins as a draft that only authors see. Chapters, lessons and everything else come next."
      />
      <NewCourseForm org={org} create={create} />
    </div>
  );
}
