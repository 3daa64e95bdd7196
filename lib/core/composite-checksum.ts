import "server-only";
import { createHash } from "node:crypto";

/**
 * What S3 calls the composite SHA-256 of a multipart upload: the digest of its parts' digests, base64, a dash and their number. Amazon
 * S3 User Guide, "Checking object integrity". @param sums base64, in the parts' order
 */
export function compositeSha256(sums: readonly string[]): string {
  const hash = createHash("sha256");
  for (const sum of sums) hash.update(sum, "base64");
  return `${hash.digest("base64")}-${sums.length}`;
}
