const BASE = 500;
const CAP = 30_000;

/** Tries of one thing that brings no progress. */
export const MAX_TRIES = 8;

/**
 * Milliseconds to wait before the next try, jittered over their full range so that many clients do not come back together
 * (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog). What the server asked for is a minimum.
 *
 * @param failures how many tries failed so far, at least 1
 * @param retryAfter seconds, when the server said so
 */
export function backOff(failures: number, retryAfter: number | null, random: () => number): number {
  if (retryAfter !== null) return retryAfter * 1000 + random() * BASE;
  return random() * Math.min(CAP, BASE * 2 ** (failures - 1));
}
