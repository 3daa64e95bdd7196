import { describe, expect, it } from "vitest";
import { clampRanges, mergeRanges, totalWatched, type WatchedRange } from "@/lib/core/watched-ranges";
import { seededRandom } from "../../support/seeded-random";

const LENGTH = 200;

function someRanges(random: () => number): WatchedRange[] {
  return Array.from({ length: Math.floor(random() * 12) }, (): WatchedRange => {
    const from = Math.floor(random() * LENGTH);
    return [from, from + Math.floor(random() * 30) - 3];
  });
}

/** The plain meaning of ranges, to compare with: which milliseconds are inside. */
function milliseconds(ranges: readonly WatchedRange[]): Set<number> {
  const inside = new Set<number>();
  for (const [from, to] of ranges) for (let moment = from; moment < to; moment += 1) inside.add(moment);
  return inside;
}

function cases(): WatchedRange[][] {
  const random = seededRandom(20_261_122);
  return Array.from({ length: 500 }, () => someRanges(random));
}

describe("merging watched ranges", () => {
  it("covers exactly the milliseconds that the ranges cover, ordered and apart", () => {
    for (const ranges of cases()) {
      const merged = mergeRanges(ranges);
      expect(milliseconds(merged)).toEqual(milliseconds(ranges));
      for (let index = 1; index < merged.length; index += 1) {
        expect(merged[index]?.[0]).toBeGreaterThan(merged[index - 1]?.[1] ?? Infinity);
      }
    }
  });

  it("comes to the same whatever the order, and however often a range is told", () => {
    for (const ranges of cases()) {
      const merged = mergeRanges(ranges);
      expect(mergeRanges([...ranges].reverse())).toEqual(merged);
      expect(mergeRanges([...ranges, ...merged, ...ranges])).toEqual(merged);
    }
  });

  it("joins ranges that touch or stand no further apart than the gap", () => {
    expect(
      mergeRanges([
        [0, 10],
        [10, 20],
        [25, 30],
      ]),
    ).toEqual([
      [0, 20],
      [25, 30],
    ]);
    expect(
      mergeRanges(
        [
          [0, 10],
          [15, 20],
          [26, 30],
        ],
        5,
      ),
    ).toEqual([
      [0, 20],
      [26, 30],
    ]);
  });

  it("leaves what it was given as it was", () => {
    const given: WatchedRange[] = [
      [5, 9],
      [0, 6],
    ];
    mergeRanges(given);
    expect(given).toEqual([
      [5, 9],
      [0, 6],
    ]);
  });
});

describe("counting and clamping", () => {
  it("counts overlapping milliseconds once", () => {
    for (const ranges of cases()) expect(totalWatched(ranges)).toBe(milliseconds(ranges).size);
  });

  it("never counts more than the video is long, once clamped", () => {
    for (const ranges of cases()) {
      const clamped = clampRanges(ranges, 100);
      expect(totalWatched(clamped)).toBeLessThanOrEqual(100);
      expect(milliseconds(clamped)).toEqual(new Set([...milliseconds(ranges)].filter((moment) => moment < 100)));
    }
  });
});
