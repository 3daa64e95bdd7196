"use client";
import { useEffect, useState } from "react";

const now = () => Math.floor(performance.now() / 1000);

/**
 * Counts down from `seconds` as long as `source` is the same object, and anew when there is another. Null when there is nothing to count.
 */
export function useSecondsLeft(source: object, seconds: number | null): number | null {
  const [start, setStart] = useState(() => ({ source, at: now() }));
  const [current, setCurrent] = useState(start.at);
  if (start.source !== source) {
    const at = now();
    setStart({ source, at });
    setCurrent(at);
  }
  const counting = seconds !== null;
  useEffect(() => {
    if (!counting) return;
    const timer = window.setInterval(() => setCurrent(now()), 500);
    return () => window.clearInterval(timer);
  }, [counting]);
  return seconds === null ? null : Math.max(0, Math.ceil(seconds) - (current - start.at));
}
