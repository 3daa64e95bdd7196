import { isPictureKind, type MediaKind } from "@/lib/schemas/media";

/** Above it a picture is not even tried: decoding it would take more memory than a page may have. */
export const MAX_SHRINKABLE_BYTES = 100 * 1024 * 1024;

export type PictureLimits = {
  /** Pixels */
  maxSide: number;
  /** The side that counts: of a logo the shorter one, so that the letters of a wide one stay sharp. */
  side: "longer" | "shorter";
  maxBytes: number;
};

export type Size = { width: number; height: number };

/** What a kind of picture may measure when it is sent, or null for other kinds of file. Nothing larger is ever shown. */
export function pictureLimits(kind: MediaKind, maxBytes: number): PictureLimits | null {
  if (!isPictureKind(kind)) return null;
  return kind === "AVATAR" ? { maxSide: 512, side: "shorter", maxBytes } : { maxSide: 2560, side: "longer", maxBytes };
}

/** The size with the same proportions that is within the limits; the size itself when it is already. */
export function sizeWithin({ width, height }: Size, { maxSide, side }: Pick<PictureLimits, "maxSide" | "side">): Size {
  const counts = side === "longer" ? Math.max(width, height) : Math.min(width, height);
  if (counts <= maxSide) return { width, height };
  const scaled = (length: number) => Math.max(1, Math.round((length * maxSide) / counts));
  return { width: scaled(width), height: scaled(height) };
}

/** The largest file of a kind that is worth choosing: a picture above the limit may be within it once it is shrunk. */
export function largestChoice(kind: MediaKind, maxBytes: number): number {
  return isPictureKind(kind) ? Math.max(maxBytes, MAX_SHRINKABLE_BYTES) : maxBytes;
}
