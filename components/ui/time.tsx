"use client";
import { useSyncExternalStore } from "react";
import { relativeTime } from "./relative-time";

/** Props of `Time`. */
export interface TimeProps {
  /** A moment: a Date, an ISO string or milliseconds. */
  value: Date | string | number;
  /** "relative" (the default) says "3 days ago"; "date" and "datetime" say when. The other form is in the title. */
  format?: "relative" | "date" | "datetime";
  className?: string;
}

const DATE = { day: "numeric", month: "short", year: "numeric" } as const;
const DATETIME = { ...DATE, hour: "2-digit", minute: "2-digit" } as const;
const TICK = 30_000;

// One timer for all the times of a page; nothing ticks while no time is shown.
const listeners = new Set<() => void>();
let timer: number | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
    now = 0;
  };
}

function clientNow(): number {
  now ||= Date.now();
  return now;
}

// The server knows neither the reader's zone nor their clock: it renders the date in UTC, the same words hydration expects.
const serverNow = (): number | null => null;

/** A moment for people, in the reader's time zone and language habits, kept fresh while it is on screen. */
export function Time({ value, format = "relative", className }: TimeProps) {
  const current = useSyncExternalStore<number | null>(subscribe, clientNow, serverNow);
  const moment = new Date(value);
  const zone = current === null ? { timeZone: "UTC" } : {};
  const full = new Intl.DateTimeFormat("en-GB", { ...DATETIME, ...zone, timeZoneName: "short" }).format(moment);
  const plain = new Intl.DateTimeFormat("en-GB", { ...(format === "datetime" ? DATETIME : DATE), ...zone }).format(moment);
  const ago = current === null ? null : relativeTime(moment.getTime(), current);
  return (
    <time dateTime={moment.toISOString()} title={format === "relative" || ago === null ? full : `${ago}, ${full}`} className={className}>
      {format === "relative" && ago !== null ? ago : plain}
    </time>
  );
}
