import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { UnfinishedUpload, UploadDestination, UploadTicket } from "@/lib/schemas/upload";
import type { TransferDoors } from "./doors";
import { fingerprintOf } from "./fingerprint";
import { beginUpload, compareArrived, reopenUpload, type OpenUpload } from "./open-upload";
import { callPatiently, cancelPatiently, type Wait } from "./patient-call";
import { sendMissingParts, UploadUnknown } from "./send-missing-parts";
import { createTransferProgress } from "./transfer-progress";
import { FileMismatch, isAbort, storageFailure, UploadFailure } from "./upload-failure";

export type TransferPhase =
  | { name: "preparing"; comparing: boolean }
  | { name: "sending" }
  | { name: "checking" }
  /** Goes on by itself */
  | { name: "waiting"; wait: Wait };

export type TransferView = {
  phase: TransferPhase;
  /** Bytes that storage has or is being sent */
  sent: number;
  mediaFileId: string | null;
};

export type TransferOptions = TransferDoors & {
  file: File;
  kind: MediaKind;
  contentType: string;
  destination?: UploadDestination | undefined;
  /** Begun earlier, here or on another device: goes on without a new begin when the file is the same */
  unfinished?: Pick<UnfinishedUpload, "mediaFileId" | "size" | "fingerprint">;
  /** Called very often: with every progress event of each part */
  onChange: (view: TransferView) => void;
};

export type Transfer = {
  /**
   * Uploads the file, or goes on with what an earlier call left; one call at a time.
   *
   * @throws UploadFailure; FileMismatch; an AbortError after pause() or cancel()
   */
  run: () => Promise<MediaView>;
  /** Stops sending; what has arrived stays. */
  pause: () => void;
  /** Stops, and gives back what was reserved. Safe at any time, and while the page goes away. */
  cancel: () => Promise<void>;
  view: () => TransferView;
  /** Of the file; reads samples of it the first time. @throws UploadFailure FILE_UNREADABLE */
  fingerprint: () => Promise<string>;
};

/** Times in a row, without a part that arrives, that the upload may turn out to be not as far as it seemed. */
const MAX_ROUNDS = 3;
/** After these there is no such upload any more. */
const ends = new Set<UploadFailure["code"]>(["REJECTED", "GONE", "NOT_FOUND"]);

/** One file's way into storage. Knows nothing of the screen, nor of other files. */
export function createTransfer(options: TransferOptions): Transfer {
  const { file, kind, contentType, destination, unfinished, onChange, ...doors } = options;
  let stop = new AbortController();
  let cancelled = false;
  let mediaFileId = unfinished?.mediaFileId ?? null;
  let phase: TransferPhase = { name: "preparing", comparing: false };
  let open: OpenUpload | null = null;
  let allSent = false;
  let fingerprint: Promise<string> | null = null;

  const view = (): TransferView => ({ phase, sent: progress.sent(), mediaFileId });
  const progress = createTransferProgress(file.size, () => onChange(view()));
  const enter = (next: TransferPhase) => {
    phase = next;
    onChange(view());
  };
  /** A wait takes the place of what goes on, until it is over. */
  const waitsIn = (after: TransferPhase) => (wait: Wait | null) => enter(wait ? { name: "waiting", wait } : after);

  const readFingerprint = () => {
    fingerprint ??= fingerprintOf(file);
    // A file that could not be read may be readable later.
    fingerprint.catch(() => {
      fingerprint = null;
    });
    return fingerprint;
  };
  const giveBack = async () => {
    const id = mediaFileId;
    mediaFileId = null;
    open = null;
    allSent = false;
    if (id) await cancelPatiently(id, doors);
  };
  const onOpened = (ticket: UploadTicket) => {
    mediaFileId = ticket.mediaFileId;
    // Given up while the server was asked. A reservation that can't be given back runs out by itself.
    if (cancelled) giveBack().catch(() => undefined);
  };

  const reach = async (signal: AbortSignal): Promise<OpenUpload> => {
    const preparing: TransferPhase = { name: "preparing", comparing: false };
    enter(preparing);
    const own = await readFingerprint();
    signal.throwIfAborted();
    const asking = { doors, signal, onWait: waitsIn(preparing) };
    const expected = unfinished?.mediaFileId === mediaFileId ? unfinished : undefined;
    if (expected && (expected.size !== file.size || (expected.fingerprint ?? own) !== own)) throw new FileMismatch("different");
    const earlier = open;
    const found = mediaFileId
      ? await reopenUpload(mediaFileId, file, earlier?.sums ?? null, asking)
      : await beginUpload({ file, kind, contentType, destination, fingerprint: own }, asking, onOpened);
    const { ticket, sums } = found;
    if (ticket.fingerprint !== null && ticket.fingerprint !== own) throw new FileMismatch("different");
    progress.cutAs(ticket.partSize);
    progress.reset(ticket.arrived);
    // This transfer sent them itself, or the file is as it was when the upload began: nothing to compare.
    const sure = earlier !== null || (ticket.fingerprint !== null && ticket.lastModified === Math.round(file.lastModified));
    if (!sure && ticket.arrived.length > 0) {
      enter({ name: "preparing", comparing: true });
      progress.reset(await compareArrived(ticket.arrived, sums, signal));
    }
    open = found;
    return found;
  };

  const sendAll = async (signal: AbortSignal): Promise<string> => {
    const { ticket, sums, first, openedAt } = await reach(signal);
    const sending: TransferPhase = { name: "sending" };
    enter(sending);
    await sendMissingParts({
      ticket,
      first: { signed: ticket.signed, expiresInSeconds: ticket.expiresInSeconds, sums: first },
      openedAt,
      sums,
      progress,
      doors,
      signal,
      onWait: waitsIn(sending),
    });
    allSent = true;
    return ticket.mediaFileId;
  };

  const attempt = async (signal: AbortSignal): Promise<MediaView> => {
    const id = allSent && mediaFileId ? mediaFileId : await sendAll(signal);
    const checking: TransferPhase = { name: "checking" };
    enter(checking);
    return callPatiently((each) => doors.api.complete(id, each), { ...doors, signal, onWait: waitsIn(checking) });
  };

  const run = async (): Promise<MediaView> => {
    if (stop.signal.aborted && !cancelled) stop = new AbortController();
    const { signal } = stop;
    for (let round = 1, reached = -1; ; round += 1) {
      if (progress.sent() > reached) round = 1;
      reached = progress.sent();
      try {
        return await attempt(signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        // A small file of another content has arrived under this upload, by another tab or device.
        if (error instanceof UploadFailure && error.code === "CONFLICT" && phase.name !== "checking") throw new FileMismatch("changed");
        const incomplete = error instanceof UploadFailure && error.code === "CONFLICT";
        if (incomplete) allSent = false;
        if ((incomplete || error instanceof UploadUnknown) && round < MAX_ROUNDS) continue;
        if (error instanceof UploadUnknown) throw storageFailure();
        if (error instanceof UploadFailure && ends.has(error.code)) await forget();
        // Its parts are of no file that there is.
        if (error instanceof UploadFailure && error.code === "FILE_CHANGED") await giveBack().catch(() => undefined);
        throw error;
      }
    }
  };
  const forget = async () => {
    mediaFileId = null;
    open = null;
    allSent = false;
    progress.reset([]);
  };

  return {
    run,
    pause: () => stop.abort(),
    cancel: async () => {
      cancelled = true;
      stop.abort();
      await giveBack();
    },
    view,
    fingerprint: readFingerprint,
  };
}
