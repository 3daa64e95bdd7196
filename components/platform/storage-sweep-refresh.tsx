"use client";
import { usePageRefresh } from "@/hooks/use-page-refresh";

/** Milliseconds between two looks at a sweep that is under way. */
const EVERY = 2_000;

/** Keeps a page fresh while a sweep that it shows is running. */
export function StorageSweepRefresh({ running }: { running: boolean }) {
  usePageRefresh(running ? EVERY : null);
  return null;
}
