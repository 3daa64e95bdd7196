import { describe, expect, it } from "vitest";
import { WatchTracker } from "@/components/video-player/watch-tracker";

/** Passes every quarter of a second from one moment to another, as a browser's timeupdate does. */
function play(tracker: WatchTracker, from: number, to: number, rate = 1) {
  for (let at = from; at <= to; at += 250 * rate) tracker.tick(at, rate);
}

describe("the watch tracker", () => {
  it("turns playing into one range, told once", () => {
    const tracker = new WatchTracker();
    play(tracker, 0, 10_000);
    expect(tracker.take()).toEqual([[0, 10_000]]);
    expect(tracker.take()).toEqual([]);
    play(tracker, 10_250, 12_000);
    expect(tracker.take()).toEqual([[10_000, 12_000]]);
  });

  it("does not count what was skipped by seeking", () => {
    const tracker = new WatchTracker();
    play(tracker, 0, 3_000);
    tracker.stop();
    play(tracker, 50_000, 52_000);
    expect(tracker.take()).toEqual([
      [0, 3_000],
      [50_000, 52_000],
    ]);
  });

  it("takes a leap for a seek even when nobody announced it", () => {
    const tracker = new WatchTracker();
    play(tracker, 0, 2_000);
    tracker.tick(60_000);
    tracker.tick(60_500);
    expect(tracker.take()).toEqual([
      [0, 2_000],
      [60_000, 60_500],
    ]);
  });

  it("follows double speed in a background tab, where ticks come once a second", () => {
    const tracker = new WatchTracker();
    for (let at = 0; at <= 20_000; at += 2_000) tracker.tick(at, 2);
    expect(tracker.take()).toEqual([[0, 20_000]]);
  });

  it("counts going back as a new range", () => {
    const tracker = new WatchTracker();
    play(tracker, 5_000, 8_000);
    play(tracker, 1_000, 2_000);
    expect(tracker.take()).toEqual([
      [1_000, 2_000],
      [5_000, 8_000],
    ]);
  });
});
