"use client";
import { useCallback, useRef, useState } from "react";

/** Runs jobs one after another, in the order in which they were given. `busy` while any of them is under way or waits. */
export function useSerial() {
  const tail = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const [busy, setBusy] = useState(false);

  const enqueue = useCallback(<T>(job: (last: () => boolean) => Promise<T>): Promise<T> => {
    waiting.current += 1;
    setBusy(true);
    const run = async () => {
      try {
        return await job(() => waiting.current === 1);
      } finally {
        waiting.current -= 1;
        if (waiting.current === 0) setBusy(false);
      }
    };
    // A job's failure is its caller's to handle; the next one runs all the same.
    const result = tail.current.then(run, run);
    tail.current = result;
    return result;
  }, []);

  return { enqueue, busy };
}
