import { partRange } from "@/lib/core/part-plan";
import type { ArrivedPart } from "@/lib/schemas/upload";

/** How many bytes of one file storage has or is being sent. Never more than the file has; less than before only after a loss. */
export type TransferProgress = {
  /** Bytes */
  sent: () => number;
  has: (partNumber: number) => boolean;
  /** What storage says: it knows better. */
  reset: (arrived: readonly ArrivedPart[]) => void;
  loaded: (partNumber: number, bytes: number) => void;
  /** The bytes of a try that failed have to be sent again. */
  lost: (partNumber: number) => void;
  arrived: (partNumber: number) => void;
};

export function createTransferProgress(size: number, onChange: () => void): TransferProgress & { cutAs: (partSize: number) => void } {
  const inFlight = new Map<number, number>();
  const kept = new Map<number, number>();
  let partSize = size;
  const bytesOf = (partNumber: number) => {
    const { start, end } = partRange(size, partSize, partNumber);
    return end - start;
  };
  const sum = (bytes: Map<number, number>) => [...bytes.values()].reduce((total, value) => total + value, 0);
  let keptBytes = 0;

  return {
    cutAs: (bytes) => {
      partSize = bytes;
    },
    sent: () => Math.min(size, keptBytes + sum(inFlight)),
    has: (partNumber) => kept.has(partNumber),
    reset: (arrived) => {
      inFlight.clear();
      kept.clear();
      for (const { partNumber, bytes } of arrived) if (bytes === bytesOf(partNumber)) kept.set(partNumber, bytes);
      keptBytes = sum(kept);
      onChange();
    },
    loaded: (partNumber, bytes) => {
      // Some browsers count a request's own bytes as well.
      inFlight.set(partNumber, Math.min(bytes, bytesOf(partNumber)));
      onChange();
    },
    lost: (partNumber) => {
      if (inFlight.delete(partNumber)) onChange();
    },
    arrived: (partNumber) => {
      inFlight.delete(partNumber);
      if (!kept.has(partNumber)) keptBytes += bytesOf(partNumber);
      kept.set(partNumber, bytesOf(partNumber));
      onChange();
    },
  };
}
