import type { Metadata } from "next";
import { CurriculumEditor } from "@/components/curriculum/curriculum-editor";
import { orNotFound } from "@/lib/gates/require-actor";
import { getCurriculum } from "@/lib/services/chapter-service";
import { listDeletedContent, undoHours } from "@/lib/services/deleted-content-service";
import { CourseFrame } from "../course-frame";
import { loadCourse } from "../load-course";
import { addChapter, addLesson, arrange, deleteChapter, deleteLesson, read, renameChapter, renameLesson, restore } from "./actions";

type Props = PageProps<"/o/[org]/admin/courses/[courseId]/curriculum">;

const actions = { read, arrange, addChapter, renameChapter, deleteChapter, addLesson, renameLesson, deleteLesson, restore };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, courseId } = await params;
  const { actor, course } = await loadCourse(org, courseId);
  return { title: `Curriculum · ${course.title} · ${actor.organization.name}` };
}

export default async function CurriculumPage({ params }: Props) {
  const { org, courseId } = await params;
  const { actor } = await loadCourse(org, courseId);
  const [curriculum, deleted] = await Promise.all([
    orNotFound(getCurriculum(actor, { courseId })),
    listDeletedContent(actor, { courseId }),
  ]);
  return (
    <CourseFrame org={org} courseId={courseId}>
      <CurriculumEditor org={org} initial={curriculum} actions={actions} deleted={deleted} undoHours={undoHours()} />
    </CourseFrame>
  );
}
