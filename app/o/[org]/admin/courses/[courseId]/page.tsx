import type { Metadata } from "next";
import { ColdStorage } from "@/components/course/cold-storage";
import { hasColdStorage } from "@/components/course/cold-storage-text";
import { CourseForm } from "@/components/course/course-form";
import { orNotFound } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import { getCourse, listCourseCategories } from "@/lib/services/course-service";
import { uploadLimits } from "@/lib/services/upload-service";
import { read, save } from "./actions";
import { cool, recall } from "./cold-actions";
import { CourseFrame } from "./course-frame";
import { loadColdStorage, loadCourse } from "./load-course";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/courses/[courseId]">): Promise<Metadata> {
  const { org, courseId } = await params;
  const { actor, course } = await loadCourse(org, courseId);
  return { title: `${course.title} · ${actor.organization.name}` };
}

export default async function CoursePage({ params }: PageProps<"/o/[org]/admin/courses/[courseId]">) {
  const { org, courseId } = await params;
  const { actor } = await loadCourse(org, courseId);
  const [cold, course, categories, limitsOf] = await Promise.all([
    loadColdStorage(org, courseId),
    orNotFound(getCourse(actor, { courseId })),
    listCourseCategories(actor),
    uploadLimits(actor),
  ]);
  return (
    <CourseFrame org={org} courseId={courseId}>
      {hasColdStorage(cold) ? (
        <ColdStorage org={org} cold={cold} canManage={can(actor, "storage.manage")} cool={cool} recall={recall} />
      ) : null}
      <CourseForm org={org} course={course} categories={categories} limits={limitsOf("THUMBNAIL")} save={save} read={read} />
    </CourseFrame>
  );
}
