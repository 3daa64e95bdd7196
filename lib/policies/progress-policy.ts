import { clampRanges, mergeRanges, totalWatched, type WatchedRange } from "../core/watched-ranges";
import { MAX_VIDEO_MS } from "../schemas/progress";

/** Share of a video that must have been watched for its lesson to be done. */
export const DONE_SHARE = 0.9;
/** A gap this short is a player's rounding, not a skipped passage; milliseconds. */
const JOIN_GAP_MS = 500;
/** More separate ranges than anybody leaves behind by watching: the shortest are dropped, so that one row can't grow without end. */
const MAX_RANGES = 1_000;

export type Video = { id: string; durationMs: number | null };

export type LessonState = {
  /** The video that the ranges are about */
  mediaFileId: string | null;
  watchedRanges: readonly WatchedRange[];
  watchedMs: number;
  positionMs: number;
  completedAt: Date | null;
};

/** Of a video, what was watched is enough for done. Never for a video of unknown length. */
export function isWatched(watchedMs: number, durationMs: number | null): boolean {
  return durationMs !== null && durationMs > 0 && watchedMs >= durationMs * DONE_SHARE;
}

/** Is this lesson done by a click? Yes without a video, or with one of unknown length, which no watching could complete. */
export function isMarkable(video: Video | null): boolean {
  return !video || !video.durationMs;
}

function withoutShortest(ranges: WatchedRange[]): WatchedRange[] {
  if (ranges.length <= MAX_RANGES) return ranges;
  const longest = [...ranges].sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MAX_RANGES);
  return mergeRanges(longest);
}

/**
 * The state of a lesson after a report on its present video. Ranges are clamped to the video's length and joined with those known.
 * A replaced video starts anew; a lesson that was done stays done.
 */
export function foldReport(
  before: LessonState | null,
  report: { ranges: readonly WatchedRange[]; positionMs: number },
  video: Video,
  now: Date,
): LessonState {
  const limit = video.durationMs ?? MAX_VIDEO_MS;
  const known = before?.mediaFileId === video.id ? before.watchedRanges : [];
  const watchedRanges = withoutShortest(mergeRanges(clampRanges([...known, ...report.ranges], limit), JOIN_GAP_MS));
  const watchedMs = totalWatched(watchedRanges);
  return {
    mediaFileId: video.id,
    watchedRanges,
    watchedMs,
    positionMs: Math.min(report.positionMs, limit),
    completedAt: before?.completedAt ?? (isWatched(watchedMs, video.durationMs) ? now : null),
  };
}
