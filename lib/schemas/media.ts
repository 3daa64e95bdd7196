import { z } from "zod";

export const mediaKinds = ["THUMBNAIL", "VIDEO", "ATTACHMENT", "AVATAR", "POSTER"] as const;
export const mediaKindSchema = z.enum(mediaKinds);
export type MediaKind = (typeof mediaKinds)[number];

/** One size of a picture. */
export type PictureVariant = { url: string; width: number; height: number };

/** A finished file as faces know it. */
export type MediaView = {
  id: string;
  kind: MediaKind;
  fileName: string;
  bytes: number;
  contentType: string;
  fileKey: string;
  /**
   * Of a picture its largest variant. Public for THUMBNAIL and AVATAR; short-lived and signed for the others. Null of a video that is in
   * cold storage and can't be read.
   */
  url: string | null;
  durationMs: number | null;
  /** Of a picture, the smallest first; else empty */
  variants: PictureVariant[];
  /** Of a picture: a data URL to show until it has arrived */
  blurDataUrl: string | null;
};

/** The variants of public kinds are read by anybody who knows the address, so that a CDN can keep them. Originals never are. */
export function isPublicKind(kind: MediaKind): boolean {
  return kind === "THUMBNAIL" || kind === "AVATAR";
}

/** Kinds that are pictures, of which sized variants are made. */
export function isPictureKind(kind: MediaKind): boolean {
  return kind === "THUMBNAIL" || kind === "AVATAR" || kind === "POSTER";
}
