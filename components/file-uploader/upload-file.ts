import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { BeginUploadInput, UploadTicket } from "@/lib/schemas/upload";
import { sendFile, TicketRefused } from "./send-file";
import { offlineFailure, readFailure, UploadFailure } from "./upload-failure";

export type UploadPhase =
  | { name: "asking" }
  /** Bytes */
  | { name: "sending"; sent: number; total: number }
  | { name: "checking" };

export type Upload = {
  /** Uploads the file, or goes on with what an earlier call left. @throws UploadFailure, or an AbortError after cancel() */
  run: () => Promise<MediaView>;
  /** Stops, and gives what was reserved back. Safe at any time, and while the page goes away. */
  cancel: () => void;
};

async function post(path: string, body: object, options: RequestInit = {}): Promise<Response> {
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...options };
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (error instanceof TypeError) throw offlineFailure();
    throw error;
  }
  if (!answer.ok) throw await readFailure(answer);
  return answer;
}

/** Margin for the way to storage; milliseconds. */
const TICKET_MARGIN = 5_000;

/** One file's way into storage: ask, send, have it checked. Knows nothing of the screen. */
export function createUpload(options: {
  org: string;
  kind: MediaKind;
  file: File;
  contentType: string;
  onPhase: (phase: UploadPhase) => void;
}): Upload {
  const { org, kind, file, contentType, onPhase } = options;
  const abort = new AbortController();
  const { signal } = abort;
  let ticket: UploadTicket | null = null;
  let sent = false;

  const giveBack = () => {
    const mediaFileId = ticket?.mediaFileId;
    ticket = null;
    sent = false;
    if (!mediaFileId) return;
    // Best effort: a reservation that is not given back runs out by itself.
    post("/api/s3/cancel", { org, mediaFileId }, { keepalive: true }).catch(() => undefined);
  };

  const ask = async (): Promise<UploadTicket> => {
    onPhase({ name: "asking" });
    const input = { kind, fileName: file.name, contentType, size: file.size } satisfies BeginUploadInput;
    // Goes on when the rest is aborted: what it reserves must be known to be given back.
    const answer = await post("/api/s3/upload", { org, ...input });
    const given = (await answer.json()) as UploadTicket;
    ticket = given;
    if (signal.aborted) giveBack();
    signal.throwIfAborted();
    return given;
  };

  const send = async (mayAskAgain: boolean): Promise<UploadTicket> => {
    if (ticket && Date.parse(ticket.expiresAt) - TICKET_MARGIN < Date.now()) giveBack();
    ticket ??= await ask();
    onPhase({ name: "sending", sent: 0, total: file.size });
    try {
      await sendFile(ticket, file, signal, (bytes) => onPhase({ name: "sending", sent: bytes, total: file.size }));
      sent = true;
      return ticket;
    } catch (error) {
      if (!(error instanceof TicketRefused)) throw error;
      giveBack();
      if (mayAskAgain) return send(false);
      throw new UploadFailure("UNAVAILABLE", "File storage refused the upload. Try again; if it stays, check this computer's clock.");
    }
  };

  const run = async (): Promise<MediaView> => {
    signal.throwIfAborted();
    const { mediaFileId } = sent && ticket ? ticket : await send(true);
    onPhase({ name: "checking" });
    try {
      const answer = await post("/api/s3/complete", { org, mediaFileId }, { signal });
      return (await answer.json()) as MediaView;
    } catch (error) {
      if (error instanceof UploadFailure && error.code === "CONFLICT") sent = false;
      if (error instanceof UploadFailure && (error.code === "REJECTED" || error.code === "GONE")) ticket = null;
      throw error;
    }
  };

  return {
    run,
    cancel: () => {
      abort.abort();
      giveBack();
    },
  };
}
