import type { ErrorCode } from "@/lib/core/app-error";
import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { UploadDestination } from "@/lib/schemas/upload";

/** Failures that the browser sees by itself, beside the server's codes. */
export type FailureCode = ErrorCode | "OFFLINE" | "FILE_CHANGED" | "FILE_UNREADABLE";

export type UploadStatus =
  /** Its turn comes by itself: behind other files, when the server's limit allows, when the line is back, when another tab lets go. */
  | { name: "waiting"; reason: "queue" | "limit" | "offline" | "other-tab"; seconds: number | null }
  /** Reading samples of the file, asking the server; `comparing` what arrived earlier with the file that was chosen now */
  | { name: "preparing"; comparing: boolean }
  | { name: "sending" }
  | { name: "paused" }
  /** All bytes are in storage; the server looks at them */
  | { name: "checking" }
  | { name: "done"; media: MediaView }
  /** `kept`: what has arrived stays, and trying again goes on from there */
  | { name: "failed"; code: FailureCode; message: string; canRetry: boolean; kept: boolean }
  /** Begun earlier, here or on another device: the file must be chosen again */
  | { name: "unfinished"; keptUntil: string }
  /** The file that was chosen to go on with is another one, or was edited since. `startOver`, or another `provideFile` */
  | { name: "mismatch"; reason: "different" | "changed"; chosenName: string; keptUntil: string };

/** One upload as screens show it. A new object whenever something changed. */
export type UploadItem = {
  /** Of this page's life */
  id: string;
  /** The ledger's id, when there is one */
  mediaFileId: string | null;
  org: string;
  kind: MediaKind;
  fileName: string;
  /** Bytes */
  size: number;
  /** Bytes that storage has or is being sent */
  sent: number;
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  status: UploadStatus;
  destination: UploadDestination | null;
  /** Shows the chosen file in this page; null while there is none */
  localUrl: string | null;
};

export type NewUpload = {
  org: string;
  kind: MediaKind;
  file: File;
  /** `uploadLimits` of the server, for this kind */
  maxBytes: number;
  destination?: UploadDestination | undefined;
};

/** All uploads of this page: at most two at a time, in the order they came. */
export type UploadQueue = {
  /** @returns the item's id. A file that can't be accepted becomes an item that has failed. */
  add: (upload: NewUpload) => string;
  pause: (id: string) => void;
  /** Goes on after pause() or a failure. */
  resume: (id: string) => void;
  /** Gives it up: what has arrived is deleted, its bytes are given back. */
  cancel: (id: string) => void;
  /** Takes a finished or failed item off the list; an upload that a failure kept stays resumable. */
  dismiss: (id: string) => void;
  /** The file for an item that is unfinished or mismatched. */
  provideFile: (id: string, file: File) => void;
  /** Of a mismatch: gives up what has arrived and uploads the chosen file from its beginning. */
  startOver: (id: string) => void;
  pauseAll: () => void;
  resumeAll: () => void;
  /** Asks the server once for what the person left unfinished or unused in this organization, and lists it. */
  loadOwn: (org: string) => void;
  /** Of the queue's items, the newest last. The same array until something changed. */
  items: () => readonly UploadItem[];
  subscribe: (listener: () => void) => () => void;
  /** Calls back once for every item that is done, also for those that are already. */
  onDone: (listener: (item: UploadItem & { status: { name: "done" } }) => void) => () => void;
};

/** Is something being sent that leaving the page would stop? */
export function isUnderWay({ status }: UploadItem): boolean {
  return status.name === "waiting" || status.name === "preparing" || status.name === "sending" || status.name === "checking";
}
