"use client";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Plus } from "lucide-react";
import { useState } from "react";
import { undoSentence } from "@/components/deleted-content/deleted-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { lessonCount } from "@/lib/core/percent";
import type { Curriculum, CurriculumChapter } from "@/lib/schemas/chapter";
import { describePlace } from "./announcements";
import { useCurriculumContext } from "./curriculum-context";
import { moveChapter } from "./curriculum-order";
import { DragHandle } from "./drag-handle";
import { ItemMenu } from "./item-menu";
import { LessonRow } from "./lesson-row";
import { TitleForm } from "./title-form";

/** One chapter with its lessons: drag, rename, move, delete, and a place to add the next lesson. */
export function ChapterSection({ chapter, index }: { chapter: CurriculumChapter; index: number }) {
  const { editing, undoHours, announce } = useCurriculumContext();
  const [open, setOpen] = useState<"rename" | "add" | "delete" | null>(null);
  const empty = chapter.lessons.length === 0;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: chapter.id,
    data: { type: "chapter", empty },
  });
  const { curriculum } = editing;
  const close = () => setOpen(null);

  const move = (next: Curriculum) => {
    editing.arrange(next);
    announce(`Moved. ${describePlace(next, chapter.id)}.`);
  };
  const begun = chapter.lessons.some((lesson) => lesson.learners > 0);

  return (
    <li
      ref={setNodeRef}
      data-focus-home
      style={{ transform: CSS.Translate.toString(transform), transition: transition }}
      className={cn("overflow-hidden rounded-lg border border-line bg-surface", isDragging && "opacity-40")}
    >
      <div className="flex min-h-12 items-center gap-2 border-b border-line bg-sunken/60 py-2 pr-2 pl-2 sm:pl-3">
        <DragHandle ref={setActivatorNodeRef} label={`Move chapter ${chapter.title}`} attributes={attributes} listeners={listeners} />
        {open === "rename" ? (
          <TitleForm
            label="Chapter title"
            initial={chapter.title}
            submitLabel="Rename"
            onSubmit={(title) => editing.renameChapter(chapter.id, chapter.title, title)}
            onClose={close}
          />
        ) : (
          <>
            <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">
              <span className="mr-2 font-normal text-muted tabular-nums">{index + 1}</span>
              {chapter.title}
            </h2>
            <span className="shrink-0 text-xs text-muted tabular-nums">{lessonCount(chapter.lessons.length)}</span>
          </>
        )}
        <ItemMenu
          label={`More acts on chapter ${chapter.title}`}
          onRename={() => setOpen("rename")}
          onDelete={() => setOpen("delete")}
          onUp={index > 0 ? () => move(moveChapter(curriculum, chapter.id, index - 1)) : undefined}
          onDown={index < curriculum.chapters.length - 1 ? () => move(moveChapter(curriculum, chapter.id, index + 1)) : undefined}
        />
      </div>
      <SortableContext items={chapter.lessons.map((lesson) => lesson.id)} strategy={verticalListSortingStrategy}>
        <ul aria-label={`Lessons of ${chapter.title}`} className="divide-y divide-line">
          {chapter.lessons.map((lesson) => (
            <LessonRow key={lesson.id} lesson={lesson} chapterId={chapter.id} />
          ))}
        </ul>
      </SortableContext>
      {empty && open !== "add" ? <p className="px-4 pt-3 text-sm text-muted">No lessons in this chapter yet.</p> : null}
      <div className={cn("px-2 py-2 sm:px-3", !empty && "border-t border-line")}>
        {open === "add" ? (
          <TitleForm
            label="Title of the new lesson"
            submitLabel="Add"
            repeat
            onSubmit={(title) => editing.addLesson(chapter.id, title)}
            onClose={close}
          />
        ) : (
          <Button variant="ghost" size="sm" onClick={() => setOpen("add")} className="text-muted">
            <Plus aria-hidden /> Add lesson
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={(next) => {
          if (!next) close();
        }}
        title={`Delete “${chapter.title}”?`}
        description={
          empty
            ? `It has no lessons. ${undoSentence(undoHours)}`
            : `It has ${lessonCount(chapter.lessons.length)}. Their texts, videos and attachments go with it${begun ? ", and so does the progress that learners made in them" : ""}. ${undoSentence(undoHours)}`
        }
        confirmLabel="Delete chapter"
        {...(begun ? { typeToConfirm: chapter.title } : {})}
        onConfirm={() => editing.deleteChapter(chapter.id)}
      />
    </li>
  );
}
