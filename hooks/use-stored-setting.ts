"use client";
import { useCallback, useSyncExternalStore } from "react";

const changed = "sidecar:setting";

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    // Storage is forbidden: the setting lasts as long as the page.
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("storage", listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(changed, listener);
  };
}

/** A small setting of this device, kept in the browser and shared by its tabs. Null on the server and until something is set. */
export function useStoredSetting(key: string): [value: string | null, set: (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const set = useCallback(
    (next: string) => {
      try {
        window.localStorage.setItem(key, next);
      } catch {
        // See above.
      }
      window.dispatchEvent(new Event(changed));
    },
    [key],
  );
  return [value, set];
}
