import { browserClock } from "./browser-clock";
import { createBrowserDoors } from "./browser-doors";
import { createBrowserRedrawer } from "./browser-redrawer";
import { createHeldNames, createTabLock, noTabLock } from "./tab-lock";
import { createUploadApi } from "./upload-api";
import { isUnderWay, type UploadQueue } from "./upload-item";
import { createUploadQueue } from "./upload-queue";

function createBrowserQueue(): UploadQueue {
  const { locks } = navigator;
  const tabLock = "locks" in navigator ? createTabLock(locks, (name) => new BroadcastChannel(name), browserClock) : noTabLock;
  const heldNames = "locks" in navigator ? createHeldNames(locks) : async () => new Set<string>();
  const localUrls = { create: (file: File) => URL.createObjectURL(file), revoke: (url: string) => URL.revokeObjectURL(url) };
  const queue = createUploadQueue({
    ...createBrowserDoors(),
    apiOf: createUploadApi,
    tabLock,
    heldNames,
    redraw: createBrowserRedrawer(),
    localUrls,
  });

  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let asks = false;
  queue.subscribe(() => {
    // Listening costs the page its place in the browser's back-forward cache: only while it is needed.
    const needed = queue.items().some(isUnderWay);
    if (needed === asks) return;
    asks = needed;
    if (needed) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  });
  window.addEventListener("online", () => {
    for (const { id, status } of queue.items()) if (status.name === "failed" && status.code === "OFFLINE") queue.resume(id);
  });
  return queue;
}

let queue: UploadQueue | null = null;

/** The uploads of this page: the same queue for as long as the page lives, whichever screen asks. */
export function browserQueue(): UploadQueue {
  queue ??= createBrowserQueue();
  return queue;
}
