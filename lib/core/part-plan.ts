const MIB = 1024 ** 2;

/** The smallest part: large enough that a round trip for each is little, small enough to send again. Bytes. */
export const MIN_PART_BYTES = 16 * MIB;
/** Amazon S3 User Guide, "Amazon S3 multipart upload limits": parts are numbered 1 to 10,000. */
export const MAX_PARTS = 10_000;

export type PartPlan = { partSize: number; partCount: number };

/**
 * How a file of `size` bytes is cut: parts of equal size but the last (R2 wants that), of 16 MiB or as many whole MiB more as 10,000 of them need.
 * A file of up to one part goes as a whole.
 */
export function planParts(size: number): PartPlan {
  const partSize = Math.max(MIN_PART_BYTES, Math.ceil(size / MAX_PARTS / MIB) * MIB);
  return { partSize, partCount: Math.max(1, Math.ceil(size / partSize)) };
}

/** Where a part lies in the file: from `start` up to, not including, `end`. `partNumber` counts from 1. */
export function partRange(size: number, partSize: number, partNumber: number): { start: number; end: number } {
  const start = (partNumber - 1) * partSize;
  return { start, end: Math.min(size, start + partSize) };
}
