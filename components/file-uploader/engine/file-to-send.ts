import type { MediaKind } from "@/lib/schemas/media";
import { tooLarge } from "./check-file";
import { pictureLimits } from "./picture-limits";
import type { Redraw } from "./picture-redrawer";
import { shrinkPicture } from "./shrink-picture";
import { UploadFailure } from "./upload-failure";

/**
 * What is uploaded for a chosen file: of a large picture a smaller one, else the file itself. The same browser makes the same bytes of a picture again;
 * where another one does not, the upload begins anew, which costs little.
 *
 * @throws UploadFailure TOO_LARGE; the signal's reason
 */
export async function fileToSend(kind: MediaKind, maxBytes: number, file: File, redraw: Redraw, signal: AbortSignal): Promise<File> {
  const limits = pictureLimits(kind, maxBytes);
  if (!limits) return file;
  const sent = await shrinkPicture(file, limits, redraw, signal);
  signal.throwIfAborted();
  if (sent.size > maxBytes) throw new UploadFailure("TOO_LARGE", tooLarge(sent.size, maxBytes));
  return sent;
}
