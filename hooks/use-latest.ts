"use client";
import { useEffect, useRef, type RefObject } from "react";

/** The value as the last rendering had it, for what is called later: a button in a toast. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
