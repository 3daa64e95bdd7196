import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema, type Page } from "../core/page";
import { slugSchema } from "../core/slug";
import type { RemovedFile } from "./deleted-content";
import type { MediaView } from "./media";
import type { Picture } from "./picture";
import { optionalRichTextSchema, type RichTextDocument } from "./rich-text";

export const courseStatuses = ["DRAFT", "PUBLISHED", "ARCHIVED"] as const;
export type CourseStatus = (typeof courseStatuses)[number];
export const courseLevels = ["BEGINNER", "INTERMEDIATE", "ADVANCED"] as const;
export type CourseLevel = (typeof courseLevels)[number];

export const statusLabels: Record<CourseStatus, string> = { DRAFT: "Draft", PUBLISHED: "Published", ARCHIVED: "Archived" };
export const levelLabels: Record<CourseLevel, string> = { BEGINNER: "Beginner", INTERMEDIATE: "Intermediate", ADVANCED: "Advanced" };

export const courseTitleSchema = z.string().trim().min(3, "Use at least 3 characters.").max(120, "Use at most 120 characters.");
export const versionSchema = z.int().min(1);

export const createCourseSchema = z.object({ title: courseTitleSchema, slug: slugSchema });
export type CreateCourseInput = z.output<typeof createCourseSchema>;

export const courseIdSchema = z.object({ courseId: idSchema });

export const saveCourseSchema = z.object({
  courseId: idSchema,
  /** The version that the form was filled from */
  version: versionSchema,
  title: courseTitleSchema,
  slug: slugSchema,
  summary: z.string().trim().max(280, "Use at most 280 characters."),
  description: optionalRichTextSchema,
  level: z.enum(courseLevels),
  category: z.string().trim().max(60, "Use at most 60 characters."),
  thumbnailId: idSchema.nullable(),
});
export type SaveCourseInput = z.output<typeof saveCourseSchema>;

/** Deleting asks for the title, so that no other course is deleted by mistake. */
export const deleteCourseSchema = z.object({ courseId: idSchema, title: z.string().max(200) });
export type DeleteCourseInput = z.output<typeof deleteCourseSchema>;

export const courseMoves = ["publish", "unpublish", "archive", "restore"] as const;
export type CourseMove = (typeof courseMoves)[number];
export const moveCourseSchema = z.object({ courseId: idSchema, move: z.enum(courseMoves) });
export type MoveCourseInput = z.output<typeof moveCourseSchema>;

/** Courses on one page of the list. */
export const COURSE_PAGE_SIZE = 24;

/** Search parameters of the course list: anything odd in an address falls back to the whole list's first page. */
export const courseListSchema = z.object({
  q: z.string().trim().max(100).catch(""),
  status: z.enum(courseStatuses).nullable().catch(null),
  page: pageNumberSchema,
});
export type CourseListInput = z.output<typeof courseListSchema>;

export type CourseListItem = {
  id: string;
  title: string;
  slug: string;
  status: CourseStatus;
  category: string;
  level: CourseLevel;
  updatedAt: Date;
  thumbnail: Picture | null;
  lessons: number;
  learners: number;
};

/** `counts`: matches of the search by status, whatever status is shown */
export type CourseList = Page<CourseListItem> & { counts: Record<CourseStatus, number> };

/** What the head of every page of one course shows. */
export type CourseSummary = {
  id: string;
  title: string;
  slug: string;
  status: CourseStatus;
  lessons: number;
  lessonsWithContent: number;
  learners: number;
};

/** Who saved last and when, for the person whose save is refused. */
export type LastEdit = { editedAt: Date; editedBy: string | null };

/** The course's details as the form edits them. */
export type CourseDetails = LastEdit & {
  id: string;
  version: number;
  title: string;
  slug: string;
  summary: string;
  description: RichTextDocument | null;
  level: CourseLevel;
  category: string;
  thumbnail: MediaView | null;
  /** Thumbnails that were removed from it and can still be put back, the latest first */
  removed: RemovedFile[];
};

/** An author's first page: figures, and what waits for them. */
export type AuthoringOverview = {
  courses: Record<CourseStatus, number>;
  /** People who learned in the last 7 days */
  recentLearners: number;
  drafts: CourseListItem[];
  emptyLessons: { total: number; lessons: { id: string; title: string; course: { id: string; title: string; status: CourseStatus } }[] };
};
