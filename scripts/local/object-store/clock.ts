/**
 * The store's time. Signature expiry, Last-Modified and lifecycle rules all read it, so that a test can move days
 * ahead without waiting. It only ever moves forward.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock ahead by `milliseconds`; throws RangeError when that is negative or not finite. */
  advance(milliseconds: number): void;
}

/** A clock that runs with the machine's and starts level with it. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(`The clock can't move by ${milliseconds} ms.`);
      }
      offset += milliseconds;
    },
  };
}
