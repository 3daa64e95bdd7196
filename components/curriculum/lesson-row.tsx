"use client";
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useState } from "react";
import { editLessonPath } from "@/components/course/author-paths";
import { undoSentence } from "@/components/deleted-content/deleted-text";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Curriculum, CurriculumLesson } from "@/lib/schemas/chapter";
import { describePlace } from "./announcements";
import { useCurriculumContext } from "./curriculum-context";
import { moveLesson, stepLesson } from "./curriculum-order";
import { DragHandle } from "./drag-handle";
import { ItemMenu } from "./item-menu";
import { LessonMarks } from "./lesson-marks";
import { TitleForm } from "./title-form";

/** One lesson of a chapter: drag, open, rename, move, delete. */
export function LessonRow({ lesson, chapterId }: { lesson: CurriculumLesson; chapterId: string }) {
  const { org, editing, undoHours, announce } = useCurriculumContext();
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: lesson.id,
    data: { type: "lesson" },
  });
  const { curriculum } = editing;

  const move = (next: Curriculum | null) => {
    if (!next) return;
    editing.arrange(next);
    announce(`Moved. ${describePlace(next, lesson.id)}.`);
  };
  const up = stepLesson(curriculum, lesson.id, -1);
  const down = stepLesson(curriculum, lesson.id, 1);
  const learners = lesson.learners === 1 ? "1 learner" : `${lesson.learners} learners`;

  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition: transition }}
      className={cn("flex min-h-12 items-center gap-2 bg-surface py-1.5 pr-2 pl-2 sm:pl-3", isDragging && "opacity-40")}
    >
      <DragHandle ref={setActivatorNodeRef} label={`Move lesson ${lesson.title}`} attributes={attributes} listeners={listeners} />
      {renaming ? (
        <TitleForm
          label="Lesson title"
          initial={lesson.title}
          submitLabel="Rename"
          onSubmit={(title) => editing.renameLesson(lesson.id, lesson.title, title)}
          onClose={() => setRenaming(false)}
        />
      ) : (
        <>
          <AppLink
            href={editLessonPath(org, curriculum.courseId, lesson.id)}
            className="min-w-0 flex-1 truncate py-2 text-sm decoration-line-strong underline-offset-4 hover:underline"
          >
            {lesson.title}
          </AppLink>
          <LessonMarks lesson={lesson} />
        </>
      )}
      <ItemMenu
        label={`More acts on lesson ${lesson.title}`}
        onRename={() => setRenaming(true)}
        onDelete={() => setDeleting(true)}
        onUp={up ? () => move(up) : undefined}
        onDown={down ? () => move(down) : undefined}
        chapters={curriculum.chapters.filter((chapter) => chapter.id !== chapterId)}
        onMoveTo={(target) => move(moveLesson(curriculum, lesson.id, target, Number.MAX_SAFE_INTEGER))}
      />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete “${lesson.title}”?`}
        description={
          lesson.learners > 0
            ? `Its text, video and attachments go, and with them the progress of ${learners} in this lesson. ${undoSentence(undoHours)}`
            : `Its text, video and attachments go. Nobody has begun it yet. ${undoSentence(undoHours)}`
        }
        confirmLabel="Delete lesson"
        onConfirm={() => editing.deleteLesson(lesson.id)}
      />
    </li>
  );
}
