import { z } from "zod";
import { idSchema } from "../core/id";
import { mediaKindSchema } from "./media";

/**
 * A file name for display and downloads: no folders, no control or bidirectional characters, at most 200 characters with the
 * extension kept. It never becomes part of an object's key.
 */
export function cleanFileName(name: string): string {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  const characters = Array.from(clean);
  if (characters.length <= 200) return clean || "file";
  const extension = /\.[^.\s]{1,16}$/.exec(clean)?.[0] ?? "";
  return characters.slice(0, 200 - extension.length).join("") + extension;
}

/** What the browser asks before it uploads. */
export const beginUploadSchema = z.object({
  kind: mediaKindSchema,
  fileName: z.string().min(1, "The file has no name.").max(1024, "The file's name is too long.").transform(cleanFileName),
  contentType: z.string().toLowerCase().max(255),
  /** Bytes */
  size: z.int().min(1, "This file is empty (0 bytes). Choose another one."),
});
export type BeginUploadInput = z.output<typeof beginUploadSchema>;

export const finishUploadSchema = z.object({ mediaFileId: idSchema });
export type FinishUploadInput = z.output<typeof finishUploadSchema>;

/** Leave to PUT one object: everything named here is signed. */
export type UploadTicket = {
  mediaFileId: string;
  fileKey: string;
  url: string;
  method: "PUT";
  headers: Record<string, string>;
  /** ISO 8601 */
  expiresAt: string;
};

/** What a kind of upload takes, for the browser's own check before it asks. */
export type UploadLimits = {
  maxBytes: number;
  /** For `<input accept>`: extensions and MIME types */
  accept: string[];
  /** One line under the field: "MP4, MOV or WebM, up to 5 GB" */
  hint: string;
};
