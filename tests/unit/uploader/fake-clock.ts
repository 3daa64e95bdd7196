import type { Clock } from "@/components/file-uploader/engine/doors";

type Timer = { at: number; resolve: () => void };

/** What has been promised so far has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Time that passes when a test says so. */
export function createFakeClock() {
  const timers = new Set<Timer>();
  const waits: number[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    wait: (milliseconds, signal) => {
      waits.push(milliseconds);
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const timer = { at: now + milliseconds, resolve: () => resolve(undefined) };
      timers.add(timer);
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => {
        timers.delete(timer);
        reject(signal.reason);
      });
      return promise;
    },
  };
  /** Lets time pass, each timer in its turn. */
  const advance = async (milliseconds: number): Promise<void> => {
    const end = now + milliseconds;
    for (;;) {
      await settled();
      const [next] = [...timers].filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at);
      if (!next) break;
      timers.delete(next);
      now = next.at;
      next.resolve();
    }
    now = end;
    await settled();
  };
  return { clock, waits, advance, settled };
}
