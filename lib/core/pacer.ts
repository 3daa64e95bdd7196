type Time = { now: () => number; wait: (milliseconds: number) => Promise<void> };

const real: Time = { now: Date.now, wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) };

/**
 * Keeps a rate over everything that is paced by it, however many at once: each call is told to wait until what was let through before
 * it has had its time. Bytes that were not asked for are not saved up.
 *
 * @param bytesPerSecond null for no limit
 * @param time for tests; milliseconds
 * @returns to be awaited before so many bytes are moved
 */
export function createPacer(bytesPerSecond: number | null, { now, wait }: Time = real): (bytes: number) => Promise<void> {
  if (bytesPerSecond === null) return () => Promise.resolve();
  let free = 0;
  return async (bytes) => {
    const turn = Math.max(free, now());
    free = turn + (bytes / bytesPerSecond) * 1000;
    if (turn > now()) await wait(turn - now());
  };
}
