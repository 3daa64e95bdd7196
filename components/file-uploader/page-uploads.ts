import type { UploadItem, UploadQueue } from "./engine/upload-item";

/** What is listed until the engine is here: always the same array, as `useSyncExternalStore` wants it. */
export const noUploads: readonly UploadItem[] = [];

let queue: UploadQueue | null = null;
let loading: Promise<UploadQueue> | null = null;
const listeners = new Set<() => void>();

function notify(): void {
  for (const listener of listeners) listener();
}

/**
 * The page's uploads. The engine comes with the first call, so that no page has to carry it before it is needed.
 *
 * @throws when its script can't be loaded; the next call asks again
 */
export function loadUploads(): Promise<UploadQueue> {
  loading ??= import("./engine/browser-queue").then(
    ({ browserQueue }) => {
      const loaded = browserQueue();
      queue = loaded;
      loaded.subscribe(notify);
      notify();
      return loaded;
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Does something with an upload that is on screen; the engine that lists it is here, then. */
export function control(act: (uploads: UploadQueue) => void): void {
  if (queue) act(queue);
}

export function subscribeToUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The uploads of this page, the newest last. The same array until something changed. */
export function uploadsNow(): readonly UploadItem[] {
  return queue?.items() ?? noUploads;
}
