import { copyFile, open, stat } from "node:fs/promises";

/**
 * A video that plays, of exactly so many bytes: a small one with a box of nothing behind it, which takes no room on the disk. ISO/IEC 14496-12: box type
 * "free", with its size in 64 bits.
 */
export async function writeLargeVideo(path: string, bytes: number): Promise<void> {
  await copyFile("tests/support/media/clip.mp4", path);
  const { size } = await stat(path);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1, 0);
  header.write("free", 4, "latin1");
  header.writeBigUInt64BE(BigInt(bytes - size), 8);
  const file = await open(path, "r+");
  try {
    await file.write(header, 0, header.length, size);
    await file.truncate(bytes);
  } finally {
    await file.close();
  }
}
