import type { Clock } from "./doors";

/**
 * Ends when nothing was heard for so long. Timers of a page in the background come late, so the clock is asked each time.
 *
 * @param limit milliseconds
 * @param heardAt when something was heard last, by the clock
 * @throws the signal's reason
 */
export async function untilSilent(limit: number, heardAt: () => number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let left = limit; left > 0; left = heardAt() + limit - clock.now()) await clock.wait(left, signal);
}
