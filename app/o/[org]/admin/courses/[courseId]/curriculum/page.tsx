import type { Metadata } from "next";
import { CurriculumEditor } from "@/components/curriculum/curriculum-editor";
import { orNotFound } from "@/lib/gates/require-actor";
import { getCurriculum } from "@/lib/services/chapter-service";
import { CourseFrame } from "../course-frame";
import { loadCourse } from "../load-course";
import { addChapter, addLesson, arrange, deleteChapter, deleteLesson, read, renameChapter, renameLesson } from "./actions";

type Props = PageProps<"/o/[org]/admin/courses/[courseId]/curriculum">;

const actions = { read, arrange, addChapter, renameChapter, deleteChapter, addLesson, renameLesson, deleteLesson };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, courseId } = await params;
  const { actor, course } = await loadCourse(org, courseId);
  return { title: `Curriculum · ${course.title} · ${actor.organization.name}` };
}

export default async function CurriculumPage({ params }: Props) {
  const { org, courseId } = await params;
  const { actor } = await loadCourse(org, courseId);
  const curriculum = await orNotFound(getCurriculum(actor, { courseId }));
  return (
    <CourseFrame org={org} courseId={courseId}>
      <CurriculumEditor org={org} initial={curriculum} actions={actions} />
    </CourseFrame>
  );
}
