import { formatBytes } from "@/lib/core/bytes";
import type { MediaKind } from "@/lib/schemas/media";
import { acceptedLabels, extensionOf, mediaTypeOfName } from "@/lib/schemas/media-type";

export type FileCheck = { ok: true; contentType: string } | { ok: false; message: string };

/** What the server would refuse at once, said before anything is asked or sent. */
export function checkFile(kind: MediaKind, maxBytes: number, file: { name: string; size: number }): FileCheck {
  const mediaType = mediaTypeOfName(kind, file.name);
  if (!mediaType) {
    const ending = extensionOf(file.name);
    const what = ending ? `Files named .${ending} are` : "Files without an ending are";
    return { ok: false, message: `${what} not accepted here. Use ${acceptedLabels(kind)}.` };
  }
  if (file.size === 0) return { ok: false, message: "This file is empty (0 bytes). Choose another one." };
  if (file.size > maxBytes) {
    return { ok: false, message: `This file has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} are accepted here.` };
  }
  return { ok: true, contentType: mediaType.type };
}
