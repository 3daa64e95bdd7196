import type { ActionError } from "@/lib/core/result";
import type { MediaView } from "@/lib/schemas/media";
import type { BeginUploadInput, OwnUploads, PartToSign, SignedParts, UploadTicket } from "@/lib/schemas/upload";
import { offlineFailure, UploadFailure } from "./upload-failure";

/** The server's side of an upload, for one organization. Each call throws UploadFailure, or the signal's reason. */
export type UploadApi = {
  begin: (input: BeginUploadInput) => Promise<UploadTicket>;
  sign: (mediaFileId: string, parts: PartToSign[], signal: AbortSignal) => Promise<SignedParts>;
  status: (mediaFileId: string, signal: AbortSignal) => Promise<UploadTicket>;
  /** The same, only to show it: what nobody goes on with is kept no longer for being looked at. */
  peek: (mediaFileId: string, signal: AbortSignal) => Promise<UploadTicket>;
  complete: (mediaFileId: string, signal: AbortSignal) => Promise<MediaView>;
  /** Is sent even while the page goes away. */
  cancel: (mediaFileId: string) => Promise<void>;
  own: (signal: AbortSignal) => Promise<OwnUploads>;
};

/** Seconds of a Retry-After header (RFC 9110, 10.2.3) in its form of a number; a date would need a clock that is right. */
export function parseRetryAfter(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value.trim()) ? Number(value) : null;
}

/** What the server answered, as a failure; an answer of another make is its fault. */
async function readFailure(answer: Response): Promise<UploadFailure> {
  const body: unknown = await answer.json().catch(() => null);
  const error = (body as { error?: ActionError } | null)?.error;
  const retryAfter = error?.retryAfter ?? parseRetryAfter(answer.headers.get("retry-after"));
  if (error) return new UploadFailure(error.code, error.message, { retryAfter });
  // What stands before the app (a proxy, a platform) answers in its own words.
  const code = answer.status === 429 ? "RATE_LIMITED" : answer.status >= 502 ? "UNAVAILABLE" : "INTERNAL";
  return new UploadFailure(code, "The server did not answer as expected. Nothing was lost; try again in a moment.", { retryAfter });
}

/** @param fetchRoute for tests: calls the route handlers themselves */
export function createUploadApi(org: string, fetchRoute: typeof fetch = (...request) => fetch(...request)): UploadApi {
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    let answer: Response;
    try {
      answer = await fetchRoute(path, init);
    } catch (error) {
      if (error instanceof TypeError) throw offlineFailure(error);
      throw error;
    }
    if (!answer.ok) throw await readFailure(answer);
    return answer;
  };
  const read = async <T>(answer: Response): Promise<T> => {
    try {
      return (await answer.json()) as T;
    } catch (error) {
      // The line broke in the middle of the answer.
      if (error instanceof TypeError || error instanceof SyntaxError) throw offlineFailure(error);
      throw error;
    }
  };
  const post = (path: string, body: object, init: RequestInit = {}) =>
    call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ org, ...body }), ...init });

  return {
    begin: async (input) => read(await post("/api/s3/upload", input)),
    sign: async (mediaFileId, parts, signal) => read(await post("/api/s3/sign", { mediaFileId, parts }, { signal })),
    status: async (mediaFileId, signal) => read(await post("/api/s3/status", { mediaFileId }, { signal })),
    peek: async (mediaFileId, signal) => read(await post("/api/s3/status", { mediaFileId, peek: true }, { signal })),
    complete: async (mediaFileId, signal) => read(await post("/api/s3/complete", { mediaFileId }, { signal })),
    cancel: async (mediaFileId) => {
      await post("/api/s3/cancel", { mediaFileId }, { keepalive: true });
    },
    own: async (signal) => read(await call(`/api/s3/uploads?org=${encodeURIComponent(org)}`, { signal })),
  };
}
