import { wholePercent } from "@/components/ui/percent";
import { formatBytes } from "@/lib/core/bytes";
import type { MediaKind } from "@/lib/schemas/media";
import { formatTimeLeft } from "./engine/transfer-rate";
import type { UploadItem } from "./engine/upload-item";

/** "61 %", with a space that does not break. */
export function percentText(sent: number, size: number): string {
  return `${wholePercent(sent, size)}\u00a0%`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });

/** "30 November", in the reader's zone. `moment` is ISO 8601. */
export function keptUntilText(moment: string): string {
  return day.format(new Date(moment));
}

function waitingText(reason: "queue" | "limit" | "offline" | "other-tab", seconds: number | null): string {
  if (reason === "queue") return "Waiting for its turn";
  if (reason === "offline") return "No connection. It goes on by itself when the line is back; what has arrived is kept.";
  if (reason === "other-tab") return "Another tab is uploading this file. This one follows, and takes over when that tab closes.";
  const when = seconds === null || seconds < 1 ? "in a moment" : `in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  return `The server asks for a pause. It goes on by itself ${when}.`;
}

/** What happens to an upload that is on its way, in a line. `seconds` are those of a countdown, when there is one. */
export function progressText(item: UploadItem, seconds: number | null): string {
  const { status, sent, size } = item;
  const amount = `${formatBytes(sent)} of ${formatBytes(size)}`;
  if (status.name === "waiting") return waitingText(status.reason, seconds);
  if (status.name === "preparing") return status.comparing ? "Comparing the file with what has arrived" : "Preparing the upload";
  if (status.name === "paused") return `Paused at ${percentText(sent, size)} · ${amount}`;
  if (status.name === "checking") return "All sent. Checking the file";
  return `${percentText(sent, size)} · ${amount}`;
}

/** Files from here on take long enough for their pace to be worth a line; bytes. */
const WORTH_A_PACE = 16 * 1024 ** 2;

/** "4 MB/s · about 20 seconds left". Empty while it is not known yet, so that its line can be kept free; null where it gets none. */
export function paceText({ status, size, bytesPerSecond, secondsLeft }: UploadItem): string | null {
  if ((status.name !== "sending" && status.name !== "paused") || size < WORTH_A_PACE) return null;
  if (status.name === "paused" || !bytesPerSecond) return "";
  const speed = `${formatBytes(bytesPerSecond)}/s`;
  return secondsLeft === null ? speed : `${speed} · ${formatTimeLeft(secondsLeft)}`;
}

const places: Record<MediaKind, string> = {
  THUMBNAIL: "course",
  VIDEO: "lesson",
  ATTACHMENT: "lesson",
  POSTER: "lesson",
  AVATAR: "settings",
};

/** What the page is that a kind of file is used on, for "Open lesson". */
export function placeName(kind: MediaKind): string {
  return places[kind];
}
