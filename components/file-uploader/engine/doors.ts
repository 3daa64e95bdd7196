import type { UploadApi } from "./upload-api";

/** Time that only ever runs forwards. Dates of this machine are never asked: they may be wrong. */
export type Clock = {
  /** Milliseconds since some moment */
  now: () => number;
  /** @throws the signal's reason when it is aborted first */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/** SHA-256 of a part, base64. Holds at most two parts in memory at a time. @throws UploadFailure FILE_UNREADABLE */
export type Hasher = (part: Blob, signal: AbortSignal) => Promise<string>;

export type PartRequest = {
  url: string;
  headers: Record<string, string>;
  body: Blob;
  /** Bytes that have left so far */
  onProgress: (loaded: number) => void;
  signal: AbortSignal;
};

export type PartAnswer = {
  status: number;
  /** Of the store's error document: "BadDigest" */
  code: string | null;
  /** Seconds */
  retryAfter: number | null;
};

/** Sends one PUT. @throws LineLost when there was no answer, or the signal's reason */
export type PartTransport = (request: PartRequest) => Promise<PartAnswer>;

/** A request got no answer. */
export class LineLost extends Error {
  override readonly name = "LineLost";
}

export type Connection = {
  isOnline: () => boolean;
  /** @throws the signal's reason when it is aborted first */
  whenOnline: (signal: AbortSignal) => Promise<void>;
};

/** Everything outside of the engine that one transfer touches. */
export type TransferDoors = {
  api: UploadApi;
  transport: PartTransport;
  hasher: Hasher;
  clock: Clock;
  /** From 0 up to, not including, 1 */
  random: () => number;
  connection: Connection;
};
