import type { SignedPart } from "@/lib/schemas/upload";
import { LineLost, type Clock, type PartTransport } from "./doors";
import { readBytes } from "./read-bytes";
import { untilSilent } from "./until-silent";

/** What became of one try to send one part. */
export type PartOutcome =
  | { name: "arrived" }
  /** The address has run out, or its signature is refused */
  | { name: "sign-again" }
  /** What arrived is not what its checksum says */
  | { name: "wrong-bytes" }
  /** Storage knows no such upload (any more) */
  | { name: "no-upload" }
  /** Nothing for good; seconds, when the store says so */
  | { name: "try-again"; retryAfter: number | null; lineLost: boolean };

/** A line without any progress for so long is dead, though nobody said so; milliseconds. */
const STALL = 60_000;

const wrongBytes = new Set(["BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch", "InvalidDigest"]);

/** Error codes of S3: Amazon S3 API Reference, "Error responses". */
function outcomeOf(status: number, code: string | null, retryAfter: number | null): PartOutcome {
  // 412: the object is there already, since an earlier try arrived although its answer did not.
  if ((status >= 200 && status < 300) || status === 412) return { name: "arrived" };
  if (status === 403) return { name: "sign-again" };
  if (status === 404) return { name: "no-upload" };
  if (status === 400 && code !== null && wrongBytes.has(code)) return { name: "wrong-bytes" };
  return { name: "try-again", retryAfter, lineLost: false };
}

/**
 * Sends one part once.
 *
 * @throws UploadFailure FILE_UNREADABLE when the file is the cause, or the signal's reason
 */
export async function sendPart(options: {
  part: SignedPart;
  body: Blob;
  transport: PartTransport;
  clock: Clock;
  onProgress: (loaded: number) => void;
  signal: AbortSignal;
}): Promise<PartOutcome> {
  const { part, body, transport, clock, onProgress, signal } = options;
  const over = new AbortController();
  const stalled = new AbortController();
  let movedAt = clock.now();

  const watching = untilSilent(STALL, () => movedAt, clock, over.signal).then(
    () => stalled.abort(),
    () => undefined,
  );

  try {
    const answer = await transport({
      url: part.url,
      headers: part.headers,
      body,
      onProgress: (loaded) => {
        movedAt = clock.now();
        onProgress(loaded);
      },
      signal: AbortSignal.any([signal, stalled.signal]),
    });
    return outcomeOf(answer.status, answer.code, answer.retryAfter);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LineLost) && !stalled.signal.aborted) throw error;
    // Browsers say "network error" for a file that went away as well: reading a byte of it tells the two apart.
    await readBytes(body.slice(0, 1));
    return { name: "try-again", retryAfter: null, lineLost: true };
  } finally {
    over.abort();
    await watching;
  }
}
