import { readBytes } from "./read-bytes";

const SAMPLES = 16;
const SAMPLE_BYTES = 64 * 1024;

/**
 * Tells files apart without reading them whole: SHA-256, hexadecimal, over the size and 16 samples of 64 KiB spread evenly from the first
 * byte to the last. Two files with the same one are most likely, not certainly, the same.
 *
 * @throws UploadFailure FILE_UNREADABLE
 */
export async function fingerprintOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(8 + SAMPLES * SAMPLE_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(file.size));
  const last = Math.max(0, file.size - SAMPLE_BYTES);
  let length = 8;
  for (let index = 0; index < SAMPLES; index += 1) {
    const start = Math.floor((last * index) / (SAMPLES - 1));
    const sample = new Uint8Array(await readBytes(file.slice(start, start + SAMPLE_BYTES)));
    bytes.set(sample, length);
    length += sample.length;
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes.subarray(0, length));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
