import { z } from "zod";
import { idSchema } from "../core/id";
import { versionSchema } from "./course";
import type { DeletionReceipt } from "./deleted-content";

export const MAX_CHAPTERS = 100;
export const MAX_LESSONS = 500;

export const chapterTitleSchema = z.string().trim().min(1, "Give it a title.").max(120, "Use at most 120 characters.");

export const addChapterSchema = z.object({ courseId: idSchema, title: chapterTitleSchema });
export type AddChapterInput = z.output<typeof addChapterSchema>;

/** `from` is the title that the person saw: a rename over another person's rename is refused. */
export const renameChapterSchema = z.object({
  courseId: idSchema,
  chapterId: idSchema,
  from: z.string().max(200),
  title: chapterTitleSchema,
});
export type RenameChapterInput = z.output<typeof renameChapterSchema>;

export const chapterIdSchema = z.object({ courseId: idSchema, chapterId: idSchema });
export type ChapterIdInput = z.output<typeof chapterIdSchema>;

/** The whole order: every chapter with every lesson in it. */
export const arrangeCurriculumSchema = z.object({
  courseId: idSchema,
  version: versionSchema,
  chapters: z.array(z.object({ id: idSchema, lessonIds: z.array(idSchema).max(MAX_LESSONS) })).max(MAX_CHAPTERS),
});
export type ArrangeCurriculumInput = z.output<typeof arrangeCurriculumSchema>;

export type CurriculumLesson = {
  id: string;
  title: string;
  hasVideo: boolean;
  hasText: boolean;
  /** Milliseconds of its video */
  durationMs: number | null;
  attachments: number;
  /** People who have begun it */
  learners: number;
};
export type CurriculumChapter = { id: string; title: string; lessons: CurriculumLesson[] };
export type Curriculum = { courseId: string; version: number; chapters: CurriculumChapter[] };
/** What deleting in a curriculum answers. */
export type CurriculumDeletion = { curriculum: Curriculum; deleted: DeletionReceipt };
