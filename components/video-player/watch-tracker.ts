import { mergeRanges, type WatchedRange } from "@/lib/core/watched-ranges";

/** A step between two ticks that is longer than this was a jump; milliseconds of video at normal speed. */
const LONGEST_STEP_MS = 5_000;

/**
 * Turns the moments that a player passes into watched ranges. A tick continues the open range when it lies a little after the last
 * one, and opens a new range otherwise, so that seeking is never counted as watching. Times are milliseconds of the video.
 */
export class WatchTracker {
  #open: { from: number; to: number } | null = null;
  #closed: WatchedRange[] = [];

  /** The player is at this moment, playing. `rate` is its speed. */
  tick(positionMs: number, rate = 1): void {
    const open = this.#open;
    const step = open ? positionMs - open.to : -1;
    if (open && step >= 0 && step <= LONGEST_STEP_MS * Math.max(1, rate)) {
      open.to = positionMs;
      return;
    }
    this.stop();
    this.#open = { from: positionMs, to: positionMs };
  }

  /** The player paused, jumped or ended. */
  stop(): void {
    if (this.#open && this.#open.to > this.#open.from) this.#closed.push([this.#open.from, this.#open.to]);
    this.#open = null;
  }

  /** What was watched since the last call; the open range goes on from where it is. */
  take(): WatchedRange[] {
    const taken = [...this.#closed];
    this.#closed = [];
    if (this.#open && this.#open.to > this.#open.from) {
      taken.push([this.#open.from, this.#open.to]);
      this.#open.from = this.#open.to;
    }
    return mergeRanges(taken);
  }
}
