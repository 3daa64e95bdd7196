"use client";
import { useCallback, useSyncExternalStore, type RefObject } from "react";

const changes = ["ended", "play", "seeking", "emptied"] as const;

/** Has the video come to its end, and not been moved since? */
export function useEnded(videoRef: RefObject<HTMLVideoElement | null>): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const video = videoRef.current;
      for (const change of changes) video?.addEventListener(change, notify);
      return () => {
        for (const change of changes) video?.removeEventListener(change, notify);
      };
    },
    [videoRef],
  );
  return useSyncExternalStore(
    subscribe,
    () => videoRef.current?.ended ?? false,
    () => false,
  );
}
