"use client";
import { DndContext, DragOverlay, MeasuringStrategy } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { ListTree, Plus } from "lucide-react";
import { useState } from "react";
import { RecentlyDeleted } from "@/components/deleted-content/recently-deleted";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useCurriculum, type CurriculumOptions } from "@/hooks/use-curriculum";
import type { DeletedItemView } from "@/lib/schemas/deleted-content";
import { announcementsFor, instructions } from "./announcements";
import { ChapterSection } from "./chapter-section";
import { CurriculumContext } from "./curriculum-context";
import { placeOfLesson } from "./curriculum-order";
import { detectCollision } from "./drag";
import { TitleForm } from "./title-form";
import { useCurriculumDrag } from "./use-curriculum-drag";

/** Props of `CurriculumEditor`. */
export interface CurriculumEditorProps extends CurriculumOptions {
  /** What was deleted of this course and can still be restored. */
  deleted: readonly DeletedItemView[];
  undoHours: number;
}

/** Chapters and lessons: add, rename, order, delete. Every change is saved at once; the line above says when it is. */
export function CurriculumEditor({ deleted, undoHours, ...props }: CurriculumEditorProps) {
  const editing = useCurriculum(props);
  const drag = useCurriculumDrag(editing.curriculum, editing.arrange);
  const [adding, setAdding] = useState(false);
  const [said, announce] = useState("");
  const { drawn, activeId } = drag;
  const place = activeId ? placeOfLesson(drawn, activeId) : null;
  const carried = place
    ? drawn.chapters[place.chapter]?.lessons[place.lesson]?.title
    : drawn.chapters.find((chapter) => chapter.id === activeId)?.title;
  const addForm = (
    <TitleForm label="Title of the new chapter" submitLabel="Add" repeat onSubmit={editing.addChapter} onClose={() => setAdding(false)} />
  );

  return (
    <CurriculumContext value={{ org: props.org, editing, undoHours, announce }}>
      <div data-focus-home className="grid gap-4">
        <p role="status" className="text-sm text-muted">
          {editing.busy ? "Saving…" : "All changes are saved."}
          <span className="sr-only">{said}</span>
        </p>
        <DndContext
          id="curriculum"
          sensors={drag.sensors}
          collisionDetection={detectCollision}
          measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
          accessibility={{ announcements: announcementsFor(() => drawn), screenReaderInstructions: instructions }}
          onDragStart={drag.onDragStart}
          onDragOver={drag.onDragOver}
          onDragEnd={drag.onDragEnd}
          onDragCancel={drag.onDragCancel}
        >
          <SortableContext items={drawn.chapters.map((chapter) => chapter.id)} strategy={verticalListSortingStrategy}>
            <ol className="grid gap-4">
              {drawn.chapters.map((chapter, index) => (
                <ChapterSection key={chapter.id} chapter={chapter} index={index} />
              ))}
            </ol>
          </SortableContext>
          <DragOverlay dropAnimation={null}>
            {carried ? (
              <p className="truncate rounded-md border border-accent-text bg-raised px-4 py-3 text-sm font-medium shadow-float">
                {carried}
              </p>
            ) : null}
          </DragOverlay>
        </DndContext>
        {drawn.chapters.length === 0 && !adding ? (
          <EmptyState
            icon={ListTree}
            title="No chapters yet"
            action={
              <Button onClick={() => setAdding(true)}>
                <Plus aria-hidden /> Add the first chapter
              </Button>
            }
          >
            A chapter groups a few lessons. Begin with one, such as “Getting started”; everything can be moved later.
          </EmptyState>
        ) : (
          <div className="flex rounded-lg border border-dashed border-line-strong p-2 sm:p-3">
            {adding ? (
              addForm
            ) : (
              <Button variant="ghost" size="sm" onClick={() => setAdding(true)}>
                <Plus aria-hidden /> Add chapter
              </Button>
            )}
          </div>
        )}
        <RecentlyDeleted items={deleted} busy={editing.busy} onRestore={(id) => void editing.restore(id)} />
      </div>
    </CurriculumContext>
  );
}
