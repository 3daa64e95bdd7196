import type { ErrorCode } from "@/lib/core/app-error";
import type { ActionError } from "@/lib/core/result";

/** Why an upload stopped: a sentence for its person, and whether the same file may be tried again. */
export class UploadFailure extends Error {
  override readonly name = "UploadFailure";
  readonly code: ErrorCode | "OFFLINE";
  readonly canRetry: boolean;

  constructor(code: ErrorCode | "OFFLINE", message: string) {
    super(message);
    this.code = code;
    this.canRetry = retryable.has(code);
  }
}

/** The others speak of the file, the person's rights or the space that is left: the same file would fail again. */
const retryable = new Set<UploadFailure["code"]>(["OFFLINE", "UNAVAILABLE", "RATE_LIMITED", "INTERNAL", "CONFLICT", "UNAUTHENTICATED"]);

export function offlineFailure(): UploadFailure {
  return new UploadFailure("OFFLINE", "The connection was lost. Check it, then try again; you do not have to choose the file again.");
}

/** What the server answered, as a failure; an answer of another make is its fault. */
export async function readFailure(answer: Response): Promise<UploadFailure> {
  const body: unknown = await answer.json().catch(() => null);
  const error = (body as { error?: ActionError } | null)?.error;
  if (error) return new UploadFailure(error.code, error.message);
  return new UploadFailure("INTERNAL", "The server did not answer as expected. Nothing was changed; try again in a moment.");
}
