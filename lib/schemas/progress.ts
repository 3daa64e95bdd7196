import { z } from "zod";
import { idSchema } from "../core/id";

/** No video of ours is longer; milliseconds. */
export const MAX_VIDEO_MS = 24 * 60 * 60 * 1000;
/** Ranges in one report; a player that was offline for hours merges before it sends. */
export const MAX_REPORTED_RANGES = 200;

const moment = z.number().int().min(0).max(MAX_VIDEO_MS);

/** Watched ranges as they are stored and reported: [[from, to], ...] in milliseconds of the video. */
export const watchedRangesSchema = z.array(z.tuple([moment, moment]));

/**
 * What a player reports: the ranges played since its last report. (viewId, sequence) names the report, so one that is sent again
 * because its answer was lost counts once.
 */
export const progressReportSchema = z.object({
  lessonId: idSchema,
  /** The video that was playing: a report about a video that has been replaced since is refused. */
  mediaFileId: idSchema,
  viewId: z.uuid(),
  sequence: z.number().int().min(0).max(1_000_000),
  ranges: watchedRangesSchema
    .max(MAX_REPORTED_RANGES)
    .refine((ranges) => ranges.every(([from, to]) => from <= to), "A watched range must not end before it begins."),
  positionMs: moment,
});

export type ProgressReport = z.infer<typeof progressReportSchema>;

/** What a report or a mark comes to. */
export type LessonProgressView = {
  lessonId: string;
  watchedMs: number;
  positionMs: number;
  done: boolean;
  course: { done: number; total: number; percent: number };
};

export const markLessonSchema = z.object({ lessonId: idSchema, done: z.boolean() });
