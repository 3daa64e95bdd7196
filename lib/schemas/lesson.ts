import { z } from "zod";
import { idSchema } from "../core/id";
import { chapterTitleSchema } from "./chapter";
import { versionSchema, type CourseStatus, type LastEdit } from "./course";
import type { RemovedFile } from "./deleted-content";
import type { MediaView } from "./media";
import { optionalRichTextSchema, type RichTextDocument } from "./rich-text";

export const MAX_ATTACHMENTS = 20;
export const lessonTitleSchema = chapterTitleSchema;

export const addLessonSchema = z.object({ courseId: idSchema, chapterId: idSchema, title: lessonTitleSchema });
export type AddLessonInput = z.output<typeof addLessonSchema>;

export const lessonIdSchema = z.object({ courseId: idSchema, lessonId: idSchema });
export type LessonIdInput = z.output<typeof lessonIdSchema>;

/** `from` is the title that the person saw: a rename over another person's rename is refused. */
export const renameLessonSchema = lessonIdSchema.extend({ from: z.string().max(200), title: lessonTitleSchema });
export type RenameLessonInput = z.output<typeof renameLessonSchema>;

export const saveLessonSchema = lessonIdSchema.extend({
  /** The version that the form was filled from */
  version: versionSchema,
  title: lessonTitleSchema,
  body: optionalRichTextSchema,
  videoId: idSchema.nullable(),
  posterId: idSchema.nullable(),
  attachmentIds: z
    .array(idSchema)
    .max(MAX_ATTACHMENTS, `A lesson takes at most ${MAX_ATTACHMENTS} attachments.`)
    .refine((ids) => new Set(ids).size === ids.length, "One file is attached twice."),
});
export type SaveLessonInput = z.output<typeof saveLessonSchema>;

export type LessonLink = { id: string; title: string };

/** A lesson as its editor shows it. */
export type LessonDetails = LastEdit & {
  id: string;
  version: number;
  title: string;
  body: RichTextDocument | null;
  video: MediaView | null;
  /** What stands in the player until it plays; without one the course's thumbnail does */
  poster: MediaView | null;
  attachments: MediaView[];
  /** Files that were removed from it and can still be put back, the latest first */
  removed: RemovedFile[];
};

/** Where a lesson stands in its course. */
export type LessonPlace = {
  course: { id: string; title: string; slug: string; status: CourseStatus };
  chapterTitle: string;
  previous: LessonLink | null;
  next: LessonLink | null;
};
