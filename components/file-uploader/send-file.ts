import type { UploadTicket } from "@/lib/schemas/upload";
import { offlineFailure, UploadFailure } from "./upload-failure";

/** The ticket is no longer good: its time ran out, or storage does not know its signature any more. */
export class TicketRefused extends Error {}

/**
 * PUTs a file to storage as its ticket says. XMLHttpRequest, because fetch does not tell how much was sent.
 *
 * @param onProgress bytes sent so far
 * @throws UploadFailure, TicketRefused, or the signal's reason
 */
export function sendFile(ticket: UploadTicket, file: Blob, signal: AbortSignal, onProgress: (sent: number) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const request = new XMLHttpRequest();
  const abort = () => request.abort();
  request.upload.onprogress = (event) => onProgress(event.loaded);
  request.onerror = () => reject(offlineFailure());
  request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
  request.onload = () => {
    // 412: the object is there already, since an earlier try arrived although its answer did not.
    if ((request.status >= 200 && request.status < 300) || request.status === 412) resolve(undefined);
    else if (request.status === 403) reject(new TicketRefused());
    else
      reject(
        new UploadFailure("UNAVAILABLE", "File storage did not take the file. Try again in a moment; you do not have to choose it again."),
      );
  };
  request.open(ticket.method, ticket.url);
  for (const [name, value] of Object.entries(ticket.headers)) request.setRequestHeader(name, value);
  signal.throwIfAborted();
  signal.addEventListener("abort", abort, { once: true });
  request.send(file);
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
