import type { Clock } from "./doors";
import type { UploadItem } from "./upload-item";

/** Milliseconds between two notifications of mere progress. */
const PACE = 100;

/** The list that screens see: immutable items in an array that stays the same until something changed. */
export type ItemBoard = {
  items: () => readonly UploadItem[];
  subscribe: (listener: () => void) => () => void;
  find: (id: string) => UploadItem | undefined;
  /** Shows a new item, or a change that people wait for: listeners hear of it at once. */
  put: (item: UploadItem) => void;
  /** Shows mere progress: listeners hear of it at most ten times a second. */
  progress: (item: UploadItem) => void;
  remove: (id: string) => void;
};

export function createItemBoard(clock: Clock): ItemBoard {
  const current = new Map<string, UploadItem>();
  const listeners = new Set<() => void>();
  const never = new AbortController().signal;
  let shown: readonly UploadItem[] = [];
  let pending = false;

  const show = () => {
    shown = [...current.values()];
    for (const listener of listeners) listener();
  };
  const showLater = async () => {
    if (pending) return;
    pending = true;
    await clock.wait(PACE, never);
    pending = false;
    show();
  };

  return {
    items: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    find: (id) => current.get(id),
    put: (item) => {
      current.set(item.id, item);
      show();
    },
    progress: (item) => {
      current.set(item.id, item);
      void showLater();
    },
    remove: (id) => {
      if (current.delete(id)) show();
    },
  };
}
