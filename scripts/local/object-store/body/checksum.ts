import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** The checksum algorithms that this store computes and verifies. */
export const CHECKSUM_ALGORITHMS = ["SHA256", "CRC32"] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Base64 values by algorithm; of a multipart object composite ones end in `-<number of parts>`. */
export type Checksums = Readonly<Partial<Record<ChecksumAlgorithm, string>>>;

/** A running checksum. `digest` may be called once. */
export interface Digest {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

/** Starts a running checksum of `algorithm`. */
export function createDigest(algorithm: ChecksumAlgorithm | "MD5"): Digest {
  if (algorithm !== "CRC32") return createHash(algorithm === "MD5" ? "md5" : "sha256");
  let value = 0;
  return {
    update(chunk) {
      value = crc32(chunk, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

/** `x-amz-checksum-sha256` for SHA256, and so on. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The elements `ChecksumSHA256`, ... of an answer document. */
export function checksumElements(checksums: Checksums): Record<string, string> {
  return Object.fromEntries(Object.entries(checksums).map(([algorithm, value]) => [`Checksum${algorithm}`, value]));
}

/** The headers of an answer that tell the checksums. */
export function checksumHeaders(checksums: Checksums): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = checksums[algorithm];
    if (value !== undefined) headers[checksumHeader(algorithm)] = value;
  }
  return headers;
}

/** The checksum of the parts' checksums, as S3 composes it: digest of the raw digests, then the number of parts. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const digest = createDigest(algorithm);
  for (const part of parts) digest.update(Buffer.from(part, "base64"));
  return `${digest.digest().toString("base64")}-${parts.length}`;
}
