import { z } from "zod";
import { idSchema } from "../core/id";
import { MAX_PARTS } from "../core/part-plan";
import { mediaKindSchema, type MediaKind, type MediaView } from "./media";

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

/** Parts whose addresses are given with one answer. */
export const SIGN_BATCH = 8;

/** A part that is about to be sent: its number, counted from 1, and what storage is to find in it. */
export const partToSignSchema = z.object({
  partNumber: z.int().min(1).max(MAX_PARTS),
  /** SHA-256 of the part, base64 */
  sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "This is no SHA-256."),
});
export type PartToSign = z.output<typeof partToSignSchema>;

const partsToSignSchema = z
  .array(partToSignSchema)
  .max(SIGN_BATCH)
  .refine((parts) => new Set(parts.map(({ partNumber }) => partNumber)).size === parts.length, "One part is named twice.");

/** The page that an upload is meant for, so that a finished one leads back to it. */
export const uploadDestinationSchema = z.object({
  /** A path of this site */
  href: z
    .string()
    .max(500)
    .regex(/^\/o\/[a-z0-9-]+\/admin(\/[a-z0-9-]+)*$/, "This is no page of an organization."),
  /** What the person sees: "Video of Ask one question" */
  label: z.string().trim().min(1).max(200),
});
export type UploadDestination = z.output<typeof uploadDestinationSchema>;

/** What the browser asks before it uploads. */
export const beginUploadSchema = z.object({
  kind: mediaKindSchema,
  fileName: z.string().min(1, "The file has no name.").max(1024, "The file's name is too long.").transform(cleanFileName),
  contentType: z.string().toLowerCase().max(255),
  /** Bytes */
  size: z.int().min(1, "This file is empty (0 bytes). Choose another one."),
  /** Of the file's size and samples of it, hexadecimal: an unfinished upload of the same person and file is gone on with. */
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The file's own time, milliseconds since 1970 */
  lastModified: z.int().min(0).max(8_640_000_000_000_000).optional(),
  /** First parts to sign at once, cut as `planParts` says */
  parts: partsToSignSchema.default([]),
  destination: uploadDestinationSchema.optional(),
});
export type BeginUploadInput = z.input<typeof beginUploadSchema>;
export type BeginUpload = z.output<typeof beginUploadSchema>;

export const signPartsSchema = z.object({ mediaFileId: idSchema, parts: partsToSignSchema.min(1) });
export type SignPartsInput = z.output<typeof signPartsSchema>;

/** Names one upload: to ask for its state, to complete it, to give it up. */
export const uploadIdSchema = z.object({ mediaFileId: idSchema });
export type UploadIdInput = z.output<typeof uploadIdSchema>;

export const uploadStatusSchema = uploadIdSchema.extend({
  /** Only looks: who shows a list does not go on with what is in it. The upload's lease stays as it is. */
  peek: z.boolean().default(false),
});
export type UploadStatusInput = z.output<typeof uploadStatusSchema>;

/** Leave to PUT one part, or a whole small file. Key, length, checksum and headers are signed. */
export type SignedPart = {
  partNumber: number;
  url: string;
  /** What the sender must add */
  headers: Record<string, string>;
};

export type SignedParts = {
  /** A part that was asked for and is not here need not be sent: storage has the whole file already. Then complete the upload. */
  signed: SignedPart[];
  /** Seconds from now: the two clocks may differ */
  expiresInSeconds: number;
};

/** A part that storage has. */
export type ArrivedPart = { partNumber: number; bytes: number; sha256: string | null };

/** How far an upload is, as storage sees it. */
export type UploadProgress = {
  mediaFileId: string;
  fileKey: string;
  fileName: string;
  size: number;
  partSize: number;
  partCount: number;
  fingerprint: string | null;
  lastModified: number | null;
  arrived: ArrivedPart[];
};

/** An upload that may go on: one that was begun now, or (`resumed`) one of the same file that was found again. */
export type UploadTicket = UploadProgress & SignedParts & { resumed: boolean };

/** An upload of the asking person that is not finished, as lists show it. */
export type UnfinishedUpload = Omit<UploadProgress, "arrived" | "partSize" | "partCount" | "fileKey"> & {
  kind: MediaKind;
  destination: UploadDestination | null;
  /** ISO 8601 */
  begunAt: string;
  /** ISO 8601; then its bytes are given back */
  keptUntil: string;
};

/** A finished upload of the asking person that no course or lesson uses yet. */
export type UnusedUpload = { media: MediaView; destination: UploadDestination | null };

export type OwnUploads = { unfinished: UnfinishedUpload[]; unused: UnusedUpload[] };

/** What a kind of upload takes, for the browser's own check before it asks. */
export type UploadLimits = {
  maxBytes: number;
  /** For `<input accept>`: extensions and MIME types */
  accept: string[];
  /** One line under the field: "MP4, MOV or WebM, up to 20 GB" */
  hint: string;
};
