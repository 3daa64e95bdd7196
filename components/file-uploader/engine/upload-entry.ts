import { mediaTypeOfName } from "@/lib/schemas/media-type";
import type { MediaView } from "@/lib/schemas/media";
import type { UnfinishedUpload } from "@/lib/schemas/upload";
import type { TransferDoors } from "./doors";
import { fileToSend } from "./file-to-send";
import type { ItemBoard } from "./item-board";
import type { Redraw } from "./picture-redrawer";
import { lockName, type TabLock } from "./tab-lock";
import { createTransfer, type Transfer, type TransferPhase, type TransferView } from "./transfer";
import { createTransferRate } from "./transfer-rate";
import { FileMismatch, isAbort, UploadFailure } from "./upload-failure";
import type { UploadItem, UploadStatus } from "./upload-item";

/** What is known of an upload that has to be given its file again. */
type Left = Pick<UnfinishedUpload, "mediaFileId" | "size" | "fingerprint">;

/** One item of the queue with what works for it. */
export type UploadEntry = {
  readonly id: string;
  file: File | null;
  /** Of files for this item; bytes */
  readonly maxBytes: number;
  transfer: Transfer | null;
  left: Left | null;
  /** Until when the server keeps what has arrived, ISO 8601; null while it is not known */
  keptUntil: string | null;
  /** A run that has not come to its end yet, though it may have been told to */
  running: boolean;
  /** Another tab works for it: it takes nobody's turn */
  following: boolean;
  /** Ends the run */
  stop: AbortController;
  /** Hears how the transfer goes */
  hear: (view: TransferView) => void;
};

export function createEntry(
  start: Pick<UploadEntry, "id" | "file" | "maxBytes"> & Partial<Pick<UploadEntry, "left" | "keptUntil">>,
): UploadEntry {
  const idle = { transfer: null, running: false, following: false, stop: new AbortController(), hear: () => undefined };
  return { left: null, keptUntil: null, ...idle, ...start };
}

function statusOf(phase: TransferPhase): UploadStatus {
  return phase.name === "waiting" ? { name: "waiting", ...phase.wait } : phase;
}

export function failedStatus(error: unknown, kept: boolean): UploadStatus {
  if (error instanceof UploadFailure) {
    return { name: "failed", code: error.code, message: error.message, canRetry: error.canRetry, kept };
  }
  const message = "The upload stopped unexpectedly. Nothing was changed; try again.";
  return { name: "failed", code: "INTERNAL", message, canRetry: true, kept };
}

export type RunDoors = {
  doors: TransferDoors;
  tabLock: TabLock;
  redraw: Redraw;
  board: ItemBoard;
  /** The server has told which upload it is */
  onOpened: (mediaFileId: string) => void;
  /** Another tab works for this item */
  onFollow: () => void;
};

/** How a run came to its end. */
export type RunEnd =
  | { name: "done"; media: MediaView }
  | { name: "stopped" }
  /** `kept`: bytes that had arrived before; of the wrong file nothing was sent */
  | { name: "mismatch"; reason: FileMismatch["reason"]; kept: number }
  | { name: "failed"; status: UploadStatus };

/** Milliseconds between two messages to other tabs. */
const TELL_PACE = 250;

/** Brings a transfer's news onto the board and to other tabs; what it says after it was stopped is not heard. */
function listen({ stop: { signal } }: UploadEntry, id: string, { doors, board, onOpened }: RunDoors, tell: (sent: number) => void) {
  let measure = createTransferRate();
  let phase: TransferPhase | null = null;
  let toldAt = -Infinity;
  return (view: TransferView) => {
    const item = board.find(id);
    if (!item || signal.aborted) return;
    const now = doors.clock.now();
    if (now - toldAt >= TELL_PACE) {
      toldAt = now;
      tell(view.sent);
    }
    const entered = view.phase !== phase;
    if (entered) measure = createTransferRate();
    phase = view.phase;
    const rate = phase.name === "sending" ? measure(view.sent, item.size, now) : { bytesPerSecond: null, secondsLeft: null };
    const status = entered ? statusOf(phase) : item.status;
    const next: UploadItem = { ...item, ...rate, status, sent: view.sent, mediaFileId: view.mediaFileId };
    if (entered || item.mediaFileId !== view.mediaFileId) board.put(next);
    else board.progress(next);
    if (view.mediaFileId && item.mediaFileId !== view.mediaFileId) onOpened(view.mediaFileId);
  };
}

/** The transfer that an earlier run left, or a new one of what is to be sent. @throws UploadFailure, or the signal's reason */
async function transferOf(entry: UploadEntry, item: UploadItem, file: File, { doors, redraw, board }: RunDoors): Promise<Transfer> {
  if (entry.transfer) return entry.transfer;
  const sent = await fileToSend(item.kind, entry.maxBytes, file, redraw, entry.stop.signal);
  const shown = board.find(item.id);
  // What waits for its own file keeps that one's name.
  if (shown && sent !== file && !entry.left) board.put({ ...shown, fileName: sent.name, size: sent.size });
  entry.transfer = createTransfer({
    ...doors,
    file: sent,
    kind: item.kind,
    contentType: mediaTypeOfName(item.kind, sent.name)?.type ?? "application/octet-stream",
    ...(item.destination ? { destination: item.destination } : {}),
    ...(entry.left ? { unfinished: entry.left } : {}),
    onChange: (view) => entry.hear(view),
  });
  return entry.transfer;
}

/** Runs an entry to its end, or until it is stopped. Never rejects. */
export async function runEntry(entry: UploadEntry, item: UploadItem, file: File, run: RunDoors): Promise<RunEnd> {
  const { tabLock, board } = run;
  const { signal } = entry.stop;
  let tell: (sent: number) => void = () => undefined;
  entry.hear = listen(entry, item.id, run, (sent) => tell(sent));

  const follow = (sent: number | null) => {
    const now = board.find(item.id);
    if (!now || signal.aborted) return;
    if (sent === null) {
      entry.following = true;
      board.put({ ...now, status: { name: "waiting", reason: "other-tab", seconds: null } });
      run.onFollow();
    } else board.progress({ ...now, sent });
  };

  try {
    board.put({ ...item, status: { name: "preparing", comparing: false } });
    const transfer = await transferOf(entry, item, file, run);
    const lead = async (say: (sent: number) => void) => {
      entry.following = false;
      tell = say;
      signal.throwIfAborted();
      return transfer.run();
    };
    const name = lockName({ org: item.org, kind: item.kind, fingerprint: await transfer.fingerprint() });
    signal.throwIfAborted();
    return { name: "done", media: await tabLock({ name, signal, onFollow: follow, lead }) };
  } catch (error) {
    if (isAbort(error) || signal.aborted) return { name: "stopped" };
    if (error instanceof FileMismatch) return { name: "mismatch", reason: error.reason, kept: item.sent };
    const { mediaFileId, sent } = entry.transfer?.view() ?? item;
    return { name: "failed", status: failedStatus(error, mediaFileId !== null && sent > 0) };
  } finally {
    entry.hear = () => undefined;
    entry.following = false;
  }
}
