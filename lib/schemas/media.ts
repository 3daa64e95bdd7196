import { z } from "zod";

export const mediaKinds = ["THUMBNAIL", "VIDEO", "ATTACHMENT", "AVATAR"] as const;
export const mediaKindSchema = z.enum(mediaKinds);
export type MediaKind = (typeof mediaKinds)[number];

/** A finished file as faces know it. */
export type MediaView = {
  id: string;
  kind: MediaKind;
  fileName: string;
  bytes: number;
  contentType: string;
  fileKey: string;
  /** Public for THUMBNAIL and AVATAR; short-lived and signed for VIDEO and ATTACHMENT */
  url: string | null;
  durationMs: number | null;
};

/** Public kinds are read by anybody who knows the address, so that a CDN can keep them. */
export function isPublicKind(kind: MediaKind): boolean {
  return kind === "THUMBNAIL" || kind === "AVATAR";
}
