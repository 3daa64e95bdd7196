import "server-only";
import { fileTypeFromBuffer } from "file-type";

/** What the first bytes say. */
export type Sniffed = {
  /** MIME type as this house spells it; null for text and for what nobody knows */
  type: string | null;
  /** Valid UTF-8 without control characters */
  text: boolean;
  /** For a sentence: "HTML", "a PDF document" */
  label: string;
};

const otherSpellings: Record<string, string> = {
  "video/x-m4v": "video/mp4",
  "application/x-zip-compressed": "application/zip",
};

const labels: Record<string, string> = {
  "application/pdf": "a PDF document",
  "application/zip": "a ZIP archive",
  "image/jpeg": "a JPEG image",
  "image/png": "a PNG image",
  "image/gif": "a GIF image",
  "image/webp": "a WebP image",
  "image/heic": "a HEIC image",
  "video/mp4": "an MP4 video",
  "video/quicktime": "a QuickTime video",
  "video/webm": "a WebM video",
  "video/matroska": "a Matroska video",
};

function decodeText(head: Uint8Array, whole: boolean): string | null {
  try {
    // A character cut at the end of the head is no fault of the text.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: !whole });
    return /[\0-\x08\x0e-\x1f]/.test(text) ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function labelText(text: string): { label: string; markup: boolean } {
  const start = text
    .replace(/^\uFEFF/, "")
    .trimStart()
    .slice(0, 4096)
    .toLowerCase();
  if (/<svg[\s>]/.test(start)) return { label: "SVG", markup: true };
  if (/<(!doctype html|html|head|body|script|iframe|title|meta)[\s>]/.test(start)) return { label: "HTML", markup: true };
  if (start.startsWith("<?xml")) return { label: "XML", markup: true };
  return { label: "text", markup: false };
}

/**
 * Names what a file's first bytes are.
 *
 * @param head the first bytes, at most 64 KiB are needed
 * @param whole whether `head` is all of the file
 */
export async function sniff(head: Uint8Array, whole: boolean): Promise<Sniffed> {
  const found = await fileTypeFromBuffer(head);
  const text = decodeText(head, whole);
  if (text !== null && (!found || found.mime === "application/xml")) {
    const { label, markup } = labelText(text);
    return { type: null, text: !markup, label };
  }
  if (!found) return { type: null, text: false, label: "something that is not recognised" };
  const type = otherSpellings[found.mime] ?? found.mime;
  return { type, text: false, label: labels[type] ?? `${found.ext.toUpperCase()} data` };
}
