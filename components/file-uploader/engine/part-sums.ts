import { partRange } from "@/lib/core/part-plan";
import type { Hasher } from "./doors";

/** The SHA-256 of each part of one file, worked out when it is first asked for and then kept. */
export type PartSums = {
  readonly partSize: number;
  slice: (partNumber: number) => Blob;
  /** Base64. @throws UploadFailure FILE_UNREADABLE, or the signal's reason */
  of: (partNumber: number, signal: AbortSignal) => Promise<string>;
  /** Reads the part anew. */
  again: (partNumber: number, signal: AbortSignal) => Promise<string>;
  /** Of a part that has arrived: nobody asks for it any more. */
  forget: (partNumber: number) => void;
};

export function createPartSums(file: Blob, partSize: number, hasher: Hasher): PartSums {
  const sums = new Map<number, Promise<string>>();
  const slice = (partNumber: number) => {
    const { start, end } = partRange(file.size, partSize, partNumber);
    return file.slice(start, end);
  };
  const again = (partNumber: number, signal: AbortSignal) => {
    const sum = hasher(slice(partNumber), signal);
    sums.set(partNumber, sum);
    // A failed try is not kept; whoever waits for it hears of it.
    sum.catch(() => {
      if (sums.get(partNumber) === sum) sums.delete(partNumber);
    });
    return sum;
  };
  return {
    partSize,
    slice,
    of: (partNumber, signal) => sums.get(partNumber) ?? again(partNumber, signal),
    again,
    forget: (partNumber) => sums.delete(partNumber),
  };
}
