const BASE = 500;
const CAP = 30_000;

/** Tries of one thing that brings no progress: eight that are answered with a failure take about half a minute. */
const MAX_TRIES = 8;
/** A line that is gone comes back, behind the tunnel or after the train's station: these take about five minutes. */
const MAX_LINE_TRIES = 26;

/** Tries after which a thing is given up. @param lineLost whether nothing was answered at all */
export function mostTries(lineLost: boolean): number {
  return lineLost ? MAX_LINE_TRIES : MAX_TRIES;
}

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
