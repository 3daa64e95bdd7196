import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { partRange, planParts } from "@/lib/core/part-plan";

const MIB = 1024 ** 2;
/** One MiB in so many is random, the others are holes: no two parts need be equal, and 10 GB take 160 MB of disk. */
const STRIDE = 64 * MIB;

/** A sparse file of `size` bytes in `dir`. @returns its path */
export async function makeBenchFile(dir: string, name: string, size: number): Promise<string> {
  const path = join(dir, name);
  const file = await open(path, "w");
  try {
    const block = randomBytes(MIB);
    for (let at = 0; at < size; at += STRIDE) {
      block.writeBigUInt64BE(BigInt(at));
      await file.write(block, 0, Math.min(MIB, size - at), at);
    }
    await file.truncate(size);
  } finally {
    await file.close();
  }
  return path;
}

/** SHA-256 of each part, base64, of a file cut as the product cuts it. */
export async function partSumsOf(path: string, size: number): Promise<string[]> {
  const { partSize, partCount } = planParts(size);
  const sums: string[] = [];
  for (let partNumber = 1; partNumber <= partCount; partNumber += 1) {
    const { start, end } = partRange(size, partSize, partNumber);
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: MIB })) hash.update(chunk as Buffer);
    sums.push(hash.digest("base64"));
  }
  return sums;
}
