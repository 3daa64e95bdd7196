import { describe, expect, it } from "vitest";
import type { WatchedRange } from "@/lib/core/watched-ranges";
import { foldReport, isMarkable, type LessonState } from "@/lib/policies/progress-policy";
import { seededRandom } from "../../support/seeded-random";

const video = { id: "video-one", durationMs: 100_000 };
const now = new Date("2026-11-22T12:00:00Z");
const report = (ranges: WatchedRange[], positionMs = 0) => ({ ranges, positionMs });

describe("folding a report into a lesson's state", () => {
  it("completes the lesson at 90 percent of the video and not before", () => {
    const almost = foldReport(null, report([[0, 89_999]]), video, now);
    expect(almost.completedAt).toBeNull();
    expect(foldReport(almost, report([[89_999, 90_000]]), video, now).completedAt).toEqual(now);
  });

  it("counts a passage once, however often it is watched", () => {
    let state: LessonState | null = null;
    for (let round = 0; round < 20; round += 1) state = foldReport(state, report([[0, 50_000]]), video, now);
    expect(state?.watchedMs).toBe(50_000);
    expect(state?.completedAt).toBeNull();
  });

  it("ends ranges and the position at the end of the video", () => {
    const state = foldReport(null, report([[95_000, 500_000]], 500_000), video, now);
    expect(state).toMatchObject({ watchedRanges: [[95_000, 100_000]], watchedMs: 5_000, positionMs: 100_000 });
  });

  it("starts anew with a replaced video, and keeps what was complete", () => {
    const first = foldReport(null, report([[0, 95_000]]), video, now);
    const replaced = foldReport(first, report([[0, 1_000]]), { id: "video-two", durationMs: 60_000 }, new Date());
    expect(replaced).toMatchObject({ mediaFileId: "video-two", watchedMs: 1_000, completedAt: now });
  });

  it("never completes a video of unknown length by watching: its lesson is marked by hand", () => {
    const unknown = { id: "video-one", durationMs: null };
    expect(foldReport(null, report([[0, 1_000_000]]), unknown, now).completedAt).toBeNull();
    expect([isMarkable(null), isMarkable(unknown), isMarkable(video)]).toEqual([true, true, false]);
  });

  it("keeps one row small, whatever is reported", () => {
    const random = seededRandom(7);
    const long = { id: "video-one", durationMs: 20_000_000 };
    let state: LessonState | null = null;
    for (let round = 0; round < 30; round += 1) {
      const specks = Array.from({ length: 200 }, (): WatchedRange => {
        const from = Math.floor(random() * 19_000_000);
        return [from, from + 1];
      });
      state = foldReport(state, report(specks), long, now);
    }
    expect(state?.watchedRanges.length).toBeLessThanOrEqual(1_000);
  });
});
