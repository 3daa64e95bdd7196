import type { Hasher } from "./doors";

/**
 * One hasher of several: each has one part at a time, and parts that all are too busy for wait in the order they came. A later one is used
 * only while those before it are busy.
 */
export function shareHashing(hashers: readonly Hasher[]): Hasher {
  const idle = hashers.toReversed();
  const waiting: ((hasher: Hasher) => void)[] = [];
  return async (part, signal) => {
    const hash = idle.pop() ?? (await new Promise<Hasher>((resolve) => waiting.push(resolve)));
    try {
      return await hash(part, signal);
    } finally {
      const next = waiting.shift();
      if (next) next(hash);
      else idle.push(hash);
    }
  };
}
