"use client";
import {
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
  type DragOverEvent,
  type DragStartEvent,
} from "@dnd-kit/core";
import { useState } from "react";
import type { Curriculum } from "@/lib/schemas/chapter";
import { moveChapter, moveLesson, placeOfLesson } from "./curriculum-order";
import { nextPlace } from "./drag";

/** Where a lesson that is carried over `overId` would land: beside that lesson, or in that chapter. */
function landing(curriculum: Curriculum, overId: string): { chapterId: string; index: number } | null {
  const chapter = curriculum.chapters.find(({ id }) => id === overId);
  if (chapter) return { chapterId: chapter.id, index: chapter.lessons.length };
  const place = placeOfLesson(curriculum, overId);
  const home = place && curriculum.chapters[place.chapter];
  return place && home ? { chapterId: home.id, index: place.lesson } : null;
}

/** Dragging of chapters and lessons: what is drawn meanwhile, and the order that a drop results in. */
export function useCurriculumDrag(curriculum: Curriculum, onArrange: (next: Curriculum) => void) {
  const [activeId, setActiveId] = useState<string | null>(null);
  // A lesson over another chapter is drawn there before it is dropped.
  const [draft, setDraft] = useState<Curriculum | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: nextPlace }),
  );
  const drawn = draft ?? curriculum;
  const stop = () => {
    setActiveId(null);
    setDraft(null);
  };

  return {
    sensors,
    drawn,
    activeId,
    onDragStart: ({ active }: DragStartEvent) => setActiveId(String(active.id)),
    onDragOver: ({ active, over }: DragOverEvent) => {
      const from = placeOfLesson(drawn, String(active.id));
      const to = over && from ? landing(drawn, String(over.id)) : null;
      if (from && to && drawn.chapters[from.chapter]?.id !== to.chapterId) {
        setDraft(moveLesson(drawn, String(active.id), to.chapterId, to.index));
      }
    },
    onDragEnd: ({ active, over }: DragEndEvent) => {
      stop();
      if (!over) return;
      const [id, overId] = [String(active.id), String(over.id)];
      const chapterIndex = drawn.chapters.findIndex((chapter) => chapter.id === overId);
      if (drawn.chapters.some((chapter) => chapter.id === id)) {
        if (chapterIndex >= 0) onArrange(moveChapter(drawn, id, chapterIndex));
        return;
      }
      const to = landing(drawn, overId);
      onArrange(to ? moveLesson(drawn, id, to.chapterId, to.index) : drawn);
    },
    onDragCancel: stop,
  };
}
