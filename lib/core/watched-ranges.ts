/** Watched part of a video, in milliseconds from its start: `from` is inside, `to` is not. */
export type WatchedRange = readonly [from: number, to: number];

/**
 * The union of ranges: ordered, without overlap, empty and reversed ones dropped. Ranges that touch, or stand at most `joinGap`
 * milliseconds apart, become one. Merging is idempotent and its order does not matter, so a report that comes twice or late does no harm.
 */
export function mergeRanges(ranges: readonly WatchedRange[], joinGap = 0): WatchedRange[] {
  const ordered = ranges.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of ordered) {
    const last = merged.at(-1);
    if (last && from <= last[1] + joinGap) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Cuts ranges to what lies inside [0, durationMs]; what lies outside goes. */
export function clampRanges(ranges: readonly WatchedRange[], durationMs: number): WatchedRange[] {
  return ranges.map(([from, to]): WatchedRange => [Math.max(0, from), Math.min(durationMs, to)]).filter(([from, to]) => to > from);
}

/** Milliseconds that the ranges cover; what overlaps counts once. */
export function totalWatched(ranges: readonly WatchedRange[]): number {
  return mergeRanges(ranges).reduce((sum, [from, to]) => sum + to - from, 0);
}
