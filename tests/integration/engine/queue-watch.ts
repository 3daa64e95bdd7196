import type { UploadItem, UploadQueue, UploadStatus } from "@/components/file-uploader/engine/upload-item";
import type { Watch } from "./engine-doors";

/** What a screen would show of one upload. */
export const itemOf = (queue: UploadQueue, id: string) => queue.items().find((item) => item.id === id);

/** The item as soon as it is in that state. */
export function reached<N extends UploadStatus["name"]>(
  queue: UploadQueue,
  id: string,
  name: N,
  also: (item: UploadItem) => boolean = () => true,
): Promise<UploadItem & { status: { name: N } }> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const item = itemOf(queue, id);
      if (item?.status.name === name && also(item)) resolve(item as UploadItem & { status: { name: N } });
      else if (item?.status.name === "failed") reject(new Error(item.status.message));
      else return;
      stop();
    };
    const stop = queue.subscribe(look);
    look();
  });
}

/** The server is away when the page calls this route for the first time from now on. */
export function refuseOnce(watch: Watch, route: string) {
  const before = watch.calls[route] ?? 0;
  watch.onCall = (name) =>
    name === route && watch.calls[route] === before + 1
      ? Response.json({ error: { code: "UNAVAILABLE", message: "The server is away." } }, { status: 503 })
      : undefined;
}
