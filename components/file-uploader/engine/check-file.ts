import { formatBytes } from "@/lib/core/bytes";
import type { MediaKind } from "@/lib/schemas/media";
import { acceptedLabels, extensionOf, mediaTypeOfName } from "@/lib/schemas/media-type";
import { largestChoice } from "./picture-limits";

export type FileCheck = { ok: true; contentType: string } | { ok: false; message: string };

/** Says that a file has too many bytes. */
export function tooLarge(size: number, maxBytes: number): string {
  return `This file has ${formatBytes(size)}; at most ${formatBytes(maxBytes)} are accepted here.`;
}

/** What the server would refuse at once, said before anything is asked or sent. A picture may be larger: it is shrunk first. */
export function checkFile(kind: MediaKind, maxBytes: number, file: { name: string; size: number }): FileCheck {
  const mediaType = mediaTypeOfName(kind, file.name);
  if (!mediaType) {
    const ending = extensionOf(file.name);
    const what = ending ? `Files named .${ending} are` : "Files without an ending are";
    return { ok: false, message: `${what} not accepted here. Use ${acceptedLabels(kind)}.` };
  }
  if (file.size === 0) return { ok: false, message: "This file is empty (0 bytes). Choose another one." };
  if (file.size > largestChoice(kind, maxBytes)) return { ok: false, message: tooLarge(file.size, maxBytes) };
  return { ok: true, contentType: mediaType.type };
}
