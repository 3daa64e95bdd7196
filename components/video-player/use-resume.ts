"use client";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

/** Nearer to the beginning than this it is no resuming; milliseconds. */
const LEAST_MS = 5_000;
/** Nearer to the end than this the video begins anew; milliseconds. */
const END_MS = 5_000;

/** Is this a place to go on from? `durationMs` of the video. */
export function isResumable(positionMs: number, durationMs: number): boolean {
  return positionMs >= LEAST_MS && positionMs <= durationMs - END_MS;
}

/**
 * Takes the video to where the viewer left it, once its length is known, unless they have begun to play already.
 * `resumeAt` names a better place that is found later.
 */
export function useResume(videoRef: RefObject<HTMLVideoElement | null>, positionMs: number) {
  const [resumedAt, setResumedAt] = useState<number | null>(null);
  const wanted = useRef(positionMs);

  const apply = useCallback(() => {
    const element = videoRef.current;
    if (!element || element.readyState === 0 || !element.paused || element.ended) return;
    if (!isResumable(wanted.current, element.duration * 1000)) return;
    element.currentTime = wanted.current / 1000;
    setResumedAt(wanted.current);
  }, [videoRef]);

  useEffect(() => {
    const element = videoRef.current;
    if (!element) return;
    // The metadata may be there before this script.
    if (element.readyState > 0) apply();
    else element.addEventListener("loadedmetadata", apply, { once: true });
    return () => element.removeEventListener("loadedmetadata", apply);
  }, [videoRef, apply]);

  const resumeAt = useCallback(
    (position: number) => {
      wanted.current = position;
      apply();
    },
    [apply],
  );
  const startOver = useCallback(() => {
    const element = videoRef.current;
    setResumedAt(null);
    if (!element) return;
    element.currentTime = 0;
    element.play().catch(() => element.pause());
  }, [videoRef]);

  return { resumedAt, resumeAt, startOver };
}
