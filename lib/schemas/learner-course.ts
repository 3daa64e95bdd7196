import { z } from "zod";
import { idSchema } from "../core/id";
import type { CourseAccess } from "../policies/learning-policy";
import { courseLevels, type CourseLevel } from "./course";
import type { Picture } from "./picture";
import type { RichTextDocument } from "./rich-text";

export const CATALOGUE_PER_PAGE = 24;

/** Search parameters of the catalogue. What makes no sense is as if it were not there. */
export const catalogueSchema = z.object({
  q: z.string().trim().max(100).catch("").default(""),
  category: z.string().max(100).catch("").default(""),
  level: z.enum(courseLevels).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
export type CatalogueInput = z.infer<typeof catalogueSchema>;

/** Lessons that exist now; `percent` is their share that is done, rounded down. */
export type CourseProgress = { done: number; total: number; percent: number };

/** A course as a card. `progress` is null for who is not enrolled. */
export type CourseCard = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  level: CourseLevel;
  category: string;
  thumbnail: Picture | null;
  lessonCount: number;
  progress: CourseProgress | null;
};

/** A course that one is enrolled in. */
export type MyCourse = CourseCard & {
  progress: CourseProgress;
  lastActiveAt: Date;
  /** When all lessons of that day were done; lessons may have come since. */
  completedAt: Date | null;
};

export type Catalogue = { courses: CourseCard[]; total: number; categories: string[] };

export type OutlineLesson = {
  id: string;
  title: string;
  /** Of its video; null without one, or when its length is unknown */
  durationMs: number | null;
  hasVideo: boolean;
  done: boolean;
  /** 0 to 100 of the video that is there now */
  watchedPercent: number;
  positionMs: number;
};
export type OutlineChapter = { id: string; title: string; lessons: OutlineLesson[] };

/** What lesson pages and the course page share. */
export type CourseOutline = {
  id: string;
  slug: string;
  title: string;
  access: Exclude<CourseAccess, "none">;
  thumbnail: Picture | null;
  chapters: OutlineChapter[];
  progress: CourseProgress;
  enrolmentId: string | null;
  /** Where "continue" leads; null for a course without lessons */
  nextLesson: OutlineLesson | null;
};

export type LearnerCourse = CourseOutline & {
  summary: string;
  description: RichTextDocument | null;
  level: CourseLevel;
  category: string;
  /** Sum of its videos; milliseconds */
  durationMs: number;
  canEnrol: boolean;
  started: boolean;
};

/** A signed address of private media; good until `expiresAt`, an ISO date. */
export type PlaybackSource = { url: string; expiresAt: string };

/** `failed`: the address that was given before could not be read. */
export const mediaRequestSchema = z.object({ id: idSchema, download: z.literal("1").optional(), failed: z.literal("1").optional() });

export type LearnerLesson = {
  course: CourseOutline;
  id: string;
  title: string;
  body: RichTextDocument | null;
  video: (PlaybackSource & { mediaFileId: string; durationMs: number | null }) | null;
  /** In place of a video that can't be read now: is it being brought back, and by when, if that is known */
  coldVideo: { returning: boolean; readyAt: Date | null } | null;
  /** What stands in the player until it plays: the lesson's own poster, signed, or its course's thumbnail */
  poster: string | null;
  attachments: { id: string; fileName: string; bytes: number }[];
  done: boolean;
  /** Done by a click: it has no video whose watching could tell */
  markable: boolean;
  positionMs: number;
  previous: { id: string; title: string } | null;
  next: { id: string; title: string } | null;
};

/** The learner's first page. */
export type LearnerHome = {
  /** The course last worked on, unless it is finished */
  current: { course: MyCourse; lesson: OutlineLesson | null } | null;
  underway: MyCourse[];
  finished: MyCourse[];
  suggestions: CourseCard[];
};
