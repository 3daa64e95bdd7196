import type { FailureCode } from "./upload-item";

/** The others speak of the file or the person's rights: the same file would fail again. */
const retryable = new Set<FailureCode>([
  "OFFLINE",
  "FILE_UNREADABLE",
  "UNAVAILABLE",
  "RATE_LIMITED",
  "INTERNAL",
  "CONFLICT",
  "UNAUTHENTICATED",
  "QUOTA_EXCEEDED",
  "NOT_FOUND",
  "GONE",
]);

/** Why an upload stopped: a sentence for its person, and whether the same file may be tried again. */
export class UploadFailure extends Error {
  override readonly name = "UploadFailure";
  readonly code: FailureCode;
  readonly canRetry: boolean;
  /** Seconds to wait, as the server said; null when it said nothing */
  readonly retryAfter: number | null;

  constructor(code: FailureCode, message: string, options: { retryAfter?: number | null; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.canRetry = retryable.has(code);
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** The file that was chosen to go on with is another one (`different`), or was edited since (`changed`). */
export class FileMismatch extends Error {
  override readonly name = "FileMismatch";
  readonly reason: "different" | "changed";

  constructor(reason: "different" | "changed") {
    super(reason === "different" ? "This is another file." : "This file was changed since its upload began.");
    this.reason = reason;
  }
}

export function offlineFailure(cause?: unknown): UploadFailure {
  const message = "The connection was lost. Check it, then try again; you do not have to choose the file again.";
  return new UploadFailure("OFFLINE", message, { cause });
}

export function storageFailure(): UploadFailure {
  return new UploadFailure("UNAVAILABLE", "File storage did not take the file. Try again in a moment; you do not have to choose it again.");
}

export function changedFailure(): UploadFailure {
  return new UploadFailure("FILE_CHANGED", "This file was changed while it was uploaded. Choose it again to upload it as it is now.");
}

export function unreadableFailure(cause: unknown): UploadFailure {
  const message = "This file can't be read any more: it was changed, moved or removed. Choose it again to go on.";
  return new UploadFailure("FILE_UNREADABLE", message, { cause });
}

/** A stopped operation, as fetch itself would say it: pause and cancel are no failures. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
