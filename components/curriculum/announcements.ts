import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from "@dnd-kit/core";
import type { Curriculum } from "@/lib/schemas/chapter";
import { placeOfLesson } from "./curriculum-order";

/** What a chapter or lesson is and where it stands, in words; empty for an unknown id. */
export function describePlace(curriculum: Curriculum, id: UniqueIdentifier): string {
  const index = curriculum.chapters.findIndex((chapter) => chapter.id === id);
  const chapter = curriculum.chapters[index];
  if (chapter) return `Chapter “${chapter.title}”, ${index + 1} of ${curriculum.chapters.length}`;
  const place = placeOfLesson(curriculum, String(id));
  const home = place && curriculum.chapters[place.chapter];
  const lesson = place && home?.lessons[place.lesson];
  return place && home && lesson ? `Lesson “${lesson.title}”, ${place.lesson + 1} of ${home.lessons.length} in “${home.title}”` : "";
}

export const instructions: ScreenReaderInstructions = {
  draggable: "Press space or enter to pick it up, the up and down arrows to move it, space or enter to put it down, escape to cancel.",
};

/** What screen readers hear while something is dragged. `current` is the curriculum as it is drawn at that moment. */
export function announcementsFor(current: () => Curriculum): Announcements {
  return {
    onDragStart: ({ active }) => `Picked up. ${describePlace(current(), active.id)}.`,
    onDragOver: ({ over }) => (over ? `Over ${describePlace(current(), over.id)}.` : undefined),
    onDragEnd: ({ over }) => (over ? `Put down at the place of ${describePlace(current(), over.id)}.` : "Put back."),
    onDragCancel: () => "Cancelled. Nothing was moved.",
  };
}
