import type { Curriculum } from "@/lib/schemas/chapter";

function insertAt<T>(items: readonly T[], index: number, item: T): T[] {
  const at = Math.max(0, Math.min(index, items.length));
  return [...items.slice(0, at), item, ...items.slice(at)];
}

/** The curriculum with that chapter at that place, counted without itself. Unknown ids change nothing. */
export function moveChapter(curriculum: Curriculum, chapterId: string, index: number): Curriculum {
  const chapter = curriculum.chapters.find(({ id }) => id === chapterId);
  if (!chapter) return curriculum;
  const others = curriculum.chapters.filter(({ id }) => id !== chapterId);
  return { ...curriculum, chapters: insertAt(others, index, chapter) };
}

/** The curriculum with that lesson at that place of that chapter, counted without itself. Unknown ids change nothing. */
export function moveLesson(curriculum: Curriculum, lessonId: string, toChapterId: string, index: number): Curriculum {
  const lesson = curriculum.chapters.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId);
  if (!lesson || !curriculum.chapters.some(({ id }) => id === toChapterId)) return curriculum;
  return {
    ...curriculum,
    chapters: curriculum.chapters.map((chapter) => {
      const others = chapter.lessons.filter(({ id }) => id !== lessonId);
      return { ...chapter, lessons: chapter.id === toChapterId ? insertAt(others, index, lesson) : others };
    }),
  };
}

/** Where a lesson stands: the index of its chapter and its own in it. */
export function placeOfLesson(curriculum: Curriculum, lessonId: string): { chapter: number; lesson: number } | null {
  for (const [chapter, { lessons }] of curriculum.chapters.entries()) {
    const lesson = lessons.findIndex(({ id }) => id === lessonId);
    if (lesson >= 0) return { chapter, lesson };
  }
  return null;
}

/**
 * One step up or down. Past the first or last lesson of a chapter it goes on in the chapter before or after.
 * Null when there is no such place.
 */
export function stepLesson(curriculum: Curriculum, lessonId: string, step: -1 | 1): Curriculum | null {
  const place = placeOfLesson(curriculum, lessonId);
  const chapter = place && curriculum.chapters[place.chapter];
  if (!chapter) return null;
  const target = place.lesson + step;
  if (target >= 0 && target < chapter.lessons.length) return moveLesson(curriculum, lessonId, chapter.id, target);
  const neighbour = curriculum.chapters[place.chapter + step];
  return neighbour ? moveLesson(curriculum, lessonId, neighbour.id, step === 1 ? 0 : neighbour.lessons.length) : null;
}

/** The order as the server takes it. */
export function toOrder(curriculum: Curriculum): { id: string; lessonIds: string[] }[] {
  return curriculum.chapters.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id) }));
}

/** Whether two curricula have the same chapters and lessons in the same order. */
export function sameOrder(left: Curriculum, right: Curriculum): boolean {
  return JSON.stringify(toOrder(left)) === JSON.stringify(toOrder(right));
}
