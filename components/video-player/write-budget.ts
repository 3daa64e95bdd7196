/** Reports that one viewer may send in one minute. */
export const WRITES_PER_MINUTE = 4;
const MINUTE_MS = 60_000;

/** Counts writes in the last 60 seconds. One budget serves a tab, however many lessons are opened in it. */
export class WriteBudget {
  #writes: number[] = [];

  /** Takes one write, or says that there is none left now. `now` is in milliseconds. */
  take(now: number): boolean {
    this.#writes = this.#writes.filter((at) => now - at < MINUTE_MS);
    if (this.#writes.length >= WRITES_PER_MINUTE) return false;
    this.#writes.push(now);
    return true;
  }
}
