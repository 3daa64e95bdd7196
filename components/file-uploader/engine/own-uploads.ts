import type { OwnUploads, UnfinishedUpload } from "@/lib/schemas/upload";
import type { TransferDoors } from "./doors";
import { callPatiently } from "./patient-call";
import { lockName, type HeldNames } from "./tab-lock";
import type { UploadApi } from "./upload-api";
import type { UploadStatus } from "./upload-item";

export type OwnUploadsDoors = Pick<TransferDoors, "clock" | "random" | "connection"> & {
  apiOf: (org: string) => UploadApi;
  heldNames: HeldNames;
};

/** What the person left behind, here or on another device. */
export function createOwnUploads({ apiOf, heldNames, ...doors }: OwnUploadsDoors) {
  const never = new AbortController().signal;
  const patience = { ...doors, signal: never, onWait: () => undefined };
  const ask = (org: string) => callPatiently((each) => apiOf(org).own(each), patience);
  const asked = new Set<string>();

  return {
    /**
     * Asks once for each organization. Lists are a courtesy: when the server does not answer nothing is shown, and the next page asks again.
     *
     * @param onSent bytes of an upload that storage has
     */
    load: async (org: string, onList: (own: OwnUploads) => void, onSent: (mediaFileId: string, sent: number) => void): Promise<void> => {
      if (asked.has(org)) return;
      asked.add(org);
      const own = await ask(org).catch(() => null);
      if (!own) {
        asked.delete(org);
        return;
      }
      // What another tab is sending waits for nobody. Where a browser does not tell, the server sorts it out.
      const held = await heldNames().catch(() => new Set<string>());
      const unfinished = own.unfinished.filter(({ kind, fingerprint }) => !fingerprint || !held.has(lockName({ org, kind, fingerprint })));
      onList({ ...own, unfinished });
      for (const { mediaFileId } of unfinished) {
        const ticket = await callPatiently((each) => apiOf(org).peek(mediaFileId, each), patience).catch(() => null);
        if (ticket)
          onSent(
            mediaFileId,
            ticket.arrived.reduce((sum, { bytes }) => sum + bytes, 0),
          );
      }
    },
    /** The server's entry of one unfinished upload; undefined when there is none. @throws UploadFailure */
    find: async (org: string, mediaFileId: string): Promise<UnfinishedUpload | undefined> =>
      (await ask(org)).unfinished.find((upload) => upload.mediaFileId === mediaFileId),
  };
}

/** The server's lists as items: what is done but not used, then what waits for its file. */
export function itemsOf(org: string, { unfinished, unused }: OwnUploads) {
  const done = unused.map(({ media, destination }) => {
    const { id: mediaFileId, kind, fileName, bytes: size } = media;
    const status: UploadStatus = { name: "done", media };
    return { left: null, keptUntil: null, item: { org, mediaFileId, kind, fileName, size, sent: size, destination, status } };
  });
  const waiting = unfinished.map((left) => {
    const { mediaFileId, kind, fileName, size, keptUntil, destination } = left;
    const status: UploadStatus = { name: "unfinished", keptUntil };
    return { left, keptUntil, item: { org, mediaFileId, kind, fileName, size, sent: 0, destination, status } };
  });
  return [...done, ...waiting];
}
