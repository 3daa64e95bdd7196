import { MAX_SHRINKABLE_BYTES, sizeWithin, type PictureLimits } from "./picture-limits";
import { readPictureHeader, type PictureHeader } from "./picture-header";
import type { Redraw } from "./picture-redrawer";

/** Where the size of a picture is to be found: metadata before it may be large. */
const HEADER_BYTES = 1024 * 1024;
/** 480 MB once decoded. */
const MAX_DECODED_PIXELS = 120_000_000;

const extensions = new Map([
  ["image/webp", "webp"],
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
]);

function needsShrinking(file: File, header: PictureHeader, limits: PictureLimits): boolean {
  if (header.animated || header.width * header.height > MAX_DECODED_PIXELS) return false;
  const { width, height } = sizeWithin(header, limits);
  return file.size > limits.maxBytes || width < header.width || height < header.height;
}

/**
 * A smaller picture in place of one that is larger, in pixels or bytes, than it will ever be shown. What this browser can't decode, what moves, and
 * what would not become smaller stays as it was: the server says what is wrong with it.
 *
 * @returns the same file, or a WebP (JPEG, PNG) with the name's stem and the same time
 * @throws the signal's reason alone
 */
export async function shrinkPicture(file: File, limits: PictureLimits, redraw: Redraw, signal: AbortSignal): Promise<File> {
  if (file.size > MAX_SHRINKABLE_BYTES) return file;
  let redrawn: Blob;
  try {
    const header = readPictureHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
    if (!header || !needsShrinking(file, header, limits)) return file;
    redrawn = await redraw(file, { maxSide: limits.maxSide, side: limits.side, transparent: header.transparent }, signal);
  } catch {
    signal.throwIfAborted();
    // Damaged, unreadable, or too much for this browser: sending it as it is tells which, in the server's words.
    return file;
  }
  const extension = extensions.get(redrawn.type);
  if (!extension || redrawn.size >= file.size) return file;
  const name = `${file.name.replace(/\.[^.]*$/, "")}.${extension}`;
  return new File([redrawn], name, { type: redrawn.type, lastModified: file.lastModified });
}
