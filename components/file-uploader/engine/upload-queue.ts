import type { OwnUploads } from "@/lib/schemas/upload";
import { checkFile } from "./check-file";
import type { TransferDoors } from "./doors";
import { createGivenUp } from "./given-up";
import { createItemBoard } from "./item-board";
import { createOwnUploads, itemsOf } from "./own-uploads";
import { cancelPatiently } from "./patient-call";
import type { Redraw } from "./picture-redrawer";
import type { HeldNames, TabLock } from "./tab-lock";
import type { UploadApi } from "./upload-api";
import { createEntry, failedStatus, runEntry, type RunEnd, type UploadEntry } from "./upload-entry";
import { UploadFailure } from "./upload-failure";
import { isUnderWay, type NewUpload, type UploadItem, type UploadQueue, type UploadStatus } from "./upload-item";

/** Files that are sent at the same time. */
const AT_ONCE = 2;

export type QueueDoors = Omit<TransferDoors, "api"> & {
  apiOf: (org: string) => UploadApi;
  tabLock: TabLock;
  heldNames: HeldNames;
  redraw: Redraw;
  /** Addresses under which the page can show a chosen file */
  localUrls: { create: (file: File) => string; revoke: (url: string) => void };
};

type DoneItem = Parameters<Parameters<UploadQueue["onDone"]>[0]>[0];
const isDone = (item: UploadItem): item is DoneItem => item.status.name === "done";
const queued: UploadStatus = { name: "waiting", reason: "queue", seconds: null };
const still = { bytesPerSecond: null, secondsLeft: null };

/** All uploads of one page; see UploadQueue. */
export function createUploadQueue({ apiOf, tabLock, heldNames, redraw, localUrls, ...doors }: QueueDoors): UploadQueue {
  const board = createItemBoard(doors.clock);
  const own = createOwnUploads({ ...doors, apiOf, heldNames });
  const entries = new Map<string, UploadEntry>();
  const givenUp = createGivenUp();
  const doneListeners = new Set<(item: DoneItem) => void>();
  let counter = 0;

  const show = (item: UploadItem) => {
    const before = board.find(item.id);
    board.put(item);
    if (isDone(item) && !(before && isDone(before))) for (const listener of doneListeners) listener(item);
  };
  const patch = (id: string, change: Partial<UploadItem>) => {
    const item = board.find(id);
    if (item) show({ ...item, ...change });
  };
  const list = (start: Omit<Parameters<typeof createEntry>[0], "id">, item: Omit<UploadItem, "id" | keyof typeof still>): string => {
    counter += 1;
    const id = `upload-${counter}`;
    entries.set(id, createEntry({ id, ...start }));
    show({ ...item, ...still, id });
    return id;
  };
  const drop = (id: string) => {
    const url = board.find(id)?.localUrl;
    if (url) localUrls.revoke(url);
    entries.delete(id);
    board.remove(id);
  };
  /** With its item, while it is listed. */
  const find = (id: string): { entry: UploadEntry; item: UploadItem } | null => {
    const entry = entries.get(id);
    const item = board.find(id);
    return entry && item ? { entry, item } : null;
  };
  const holds = (mediaFileId: string) => board.items().some((item) => item.mediaFileId === mediaFileId);

  /** What the server lists as unfinished goes on in the item that has the file. */
  const dropTwins = (id: string, mediaFileId: string) => {
    for (const item of board.items())
      if (item.id !== id && item.mediaFileId === mediaFileId && item.status.name === "unfinished") drop(item.id);
  };

  const settle = async (entry: UploadEntry, end: RunEnd): Promise<void> => {
    const item = board.find(entry.id);
    if (!item) return;
    // A picture may end before there is anything to transfer.
    const { mediaFileId, sent } = entry.transfer?.view() ?? item;
    if (end.name === "stopped") patch(item.id, { ...still, mediaFileId, sent });
    if (end.name === "failed") patch(item.id, { ...still, mediaFileId, sent, status: end.status });
    if (end.name === "done") {
      const { media } = end;
      patch(item.id, { ...still, mediaFileId: media.id, sent: item.size, status: { name: "done", media } });
    }
    if (end.name === "mismatch" && mediaFileId) {
      entry.keptUntil ??= (await own.find(item.org, mediaFileId))?.keptUntil ?? null;
      const { keptUntil } = entry;
      if (keptUntil === null)
        throw new UploadFailure("GONE", "What had arrived of this file is no longer kept. Try again to upload it anew.");
      const chosenName = entry.file?.name ?? item.fileName;
      patch(item.id, { ...still, mediaFileId, sent: end.kept, status: { name: "mismatch", reason: end.reason, chosenName, keptUntil } });
    }
  };

  const start = (entry: UploadEntry, item: UploadItem, file: File) => {
    entry.running = true;
    entry.stop = new AbortController();
    const onOpened = (mediaFileId: string) => dropTwins(item.id, mediaFileId);
    const run = { doors: { ...doors, api: apiOf(item.org) }, tabLock, redraw, board, onOpened, onFollow: schedule };
    const go = async (): Promise<RunEnd> => {
      const earlier = givenUp.before(item);
      if (earlier) await earlier;
      const now = board.find(item.id);
      return now && !entry.stop.signal.aborted ? runEntry(entry, now, file, run) : { name: "stopped" };
    };
    go()
      .then((end) => settle(entry, end))
      .catch((error: unknown) => patch(item.id, { ...still, status: failedStatus(error, false) }))
      .finally(() => {
        entry.running = false;
        schedule();
      });
  };
  function schedule(): void {
    for (const item of board.items()) {
      const active = [...entries.values()].filter(({ running, following }) => running && !following).length;
      if (active >= AT_ONCE) return;
      const entry = entries.get(item.id);
      if (item.status === queued && entry?.file && !entry.running) start(entry, item, entry.file);
    }
  }
  const enqueue = (id: string) => {
    patch(id, { ...still, status: queued });
    schedule();
  };

  /** Best effort: a reservation that is not given back runs out by itself. */
  const giveBack = async (entry: UploadEntry, { org, mediaFileId }: UploadItem): Promise<void> => {
    entry.stop.abort();
    const { transfer } = entry;
    Object.assign(entry, { transfer: null, left: null, keptUntil: null });
    const told = transfer?.cancel() ?? (mediaFileId ? cancelPatiently(mediaFileId, { ...doors, api: apiOf(org) }) : null);
    await told?.catch(() => undefined);
  };
  /** The item is for this file from now on. */
  const give = (entry: UploadEntry, item: UploadItem, file: File) => {
    if (item.localUrl) localUrls.revoke(item.localUrl);
    entry.file = file;
    patch(item.id, { localUrl: localUrls.create(file) });
  };
  /** Uploads the file from its beginning. */
  const begin = (id: string, file: File) => {
    const { item, entry } = find(id) ?? {};
    if (!item || !entry) return;
    const check = checkFile(item.kind, entry.maxBytes, file);
    patch(id, { fileName: file.name, size: file.size, sent: 0, mediaFileId: null });
    if (check.ok) enqueue(id);
    else patch(id, { status: failedStatus(new UploadFailure("INVALID_INPUT", check.message), false) });
  };

  const provideFile = (id: string, file: File) => {
    const { item, entry } = find(id) ?? {};
    if (!item || !entry || !["unfinished", "mismatch", "failed"].includes(item.status.name)) return;
    give(entry, item, file);
    const { mediaFileId } = item;
    entry.transfer = null;
    entry.left = mediaFileId === null ? null : (entry.left ?? { mediaFileId, size: item.size, fingerprint: null });
    if (entry.left) enqueue(id);
    else begin(id, file);
  };

  /** The item that has this very file already, and is not done with it. */
  const findSame = ({ org, kind, file }: NewUpload): UploadItem | undefined =>
    board.items().find((item) => {
      const has = entries.get(item.id)?.file;
      const same = has?.name === file.name && has.size === file.size && has.lastModified === file.lastModified;
      const live = isUnderWay(item) || item.status.name === "paused" || item.status.name === "failed";
      return same && live && item.org === org && item.kind === kind;
    });

  const add = (upload: NewUpload): string => {
    const { org, kind, file, maxBytes, destination = null } = upload;
    const same = findSame(upload);
    if (same) {
      if (same.status.name === "failed") provideFile(same.id, file);
      if (same.status.name === "paused") enqueue(same.id);
      return same.id;
    }
    const { name: fileName, size } = file;
    const item = { org, kind, fileName, size, destination, mediaFileId: null, sent: 0, status: queued, localUrl: localUrls.create(file) };
    const id = list({ file, maxBytes }, item);
    begin(id, file);
    return id;
  };

  const pause = (id: string) => {
    const { item, entry } = find(id) ?? {};
    if (!item || !entry || !isUnderWay(item)) return;
    entry.stop.abort();
    entry.transfer?.pause();
    patch(id, { ...still, status: { name: "paused" } });
    schedule();
  };
  const listOwn = (org: string, lists: OwnUploads) => {
    for (const { item, ...found } of itemsOf(org, lists))
      if (!holds(item.mediaFileId)) list({ file: null, maxBytes: Infinity, ...found }, { ...item, localUrl: null });
  };

  return {
    add,
    pause,
    resume: (id) => {
      const status = board.find(id)?.status;
      if (status?.name === "paused" || (status?.name === "failed" && status.canRetry && entries.get(id)?.file)) enqueue(id);
    },
    cancel: (id) => {
      const { item, entry } = find(id) ?? {};
      if (!item || !entry) return;
      givenUp.add(item, giveBack(entry, item));
      drop(id);
      schedule();
    },
    dismiss: (id) => {
      const name = board.find(id)?.status.name;
      if (name === "done" || name === "failed") drop(id);
    },
    provideFile,
    startOver: (id) => {
      const { item, entry } = find(id) ?? {};
      if (item?.status.name !== "mismatch" || !entry?.file) return;
      const { file } = entry;
      patch(id, { status: { name: "preparing", comparing: false } });
      void giveBack(entry, item).then(() => begin(id, file));
    },
    pauseAll: () => {
      for (const { id } of board.items()) pause(id);
    },
    resumeAll: () => {
      for (const { id, status } of board.items()) if (status.name === "paused") enqueue(id);
    },
    loadOwn: (org) => {
      const onSent = (mediaFileId: string, sent: number) => {
        const item = board.items().find((one) => one.mediaFileId === mediaFileId && one.status.name === "unfinished");
        if (item) patch(item.id, { sent });
      };
      void own.load(org, (lists) => listOwn(org, lists), onSent);
    },
    items: board.items,
    subscribe: board.subscribe,
    onDone: (listener) => {
      doneListeners.add(listener);
      for (const item of board.items()) if (isDone(item)) listener(item);
      return () => doneListeners.delete(listener);
    },
  };
}
