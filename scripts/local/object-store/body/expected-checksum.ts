import { S3Error } from "../s3-error.ts";
import { parameter, parametersWithPrefix, rawHeader } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import { CHECKSUM_ALGORITHMS, checksumHeader } from "./checksum.ts";
import type { ChecksumAlgorithm } from "./checksum.ts";

/** The checksum that the client announced: its value, or undefined while it is still to come in the trailer. */
export interface ExpectedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string | undefined;
}

const NOT_VALUES = new Set(["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"]);
const DIGEST_LENGTH: Record<ChecksumAlgorithm, number> = { SHA256: 32, CRC32: 4 };

/**
 * Reads an algorithm's name (`SHA256` or `CRC32`, any case).
 * @throws S3Error NotImplemented for S3's other algorithms, InvalidRequest for anything else.
 */
export function parseAlgorithm(name: string): ChecksumAlgorithm {
  const wanted = name.toUpperCase();
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === wanted);
  if (found) return found;
  if (["SHA1", "CRC32C", "CRC64NVME"].includes(wanted)) {
    throw new S3Error("NotImplemented", `This store doesn't compute ${wanted} checksums.`);
  }
  throw new S3Error("InvalidRequest", "Checksum algorithm provided is unsupported.");
}

/** The algorithm in an `x-amz-checksum-<algorithm>` name. */
function algorithmOfHeader(header: string): ChecksumAlgorithm {
  return parseAlgorithm(header.slice("x-amz-checksum-".length));
}

function checkDigest(algorithm: ChecksumAlgorithm, value: string): string {
  if (Buffer.from(value, "base64").length !== DIGEST_LENGTH[algorithm]) {
    throw new S3Error("InvalidRequest", `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
  return value;
}

/**
 * Reads what the client says of its body's checksum: an x-amz-checksum-* header, or an x-amz-trailer that announces one.
 * @throws S3Error InvalidRequest when it says two things or names an algorithm without a value.
 */
export function readExpectedChecksum(request: S3Request): ExpectedChecksum | undefined {
  const found: ExpectedChecksum[] = [];
  for (const [name, value] of parametersWithPrefix(request, "x-amz-checksum-")) {
    if (NOT_VALUES.has(name)) continue;
    const algorithm = algorithmOfHeader(name);
    found.push({ algorithm, value: checkDigest(algorithm, value) });
  }
  const trailer = rawHeader(request, "x-amz-trailer");
  if (trailer !== undefined) found.push({ algorithm: algorithmOfHeader(trailer.trim().toLowerCase()), value: undefined });
  const [first, second] = found;
  if (second) throw new S3Error("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.");
  const named = parameter(request, "x-amz-sdk-checksum-algorithm");
  if (named !== undefined && parseAlgorithm(named) !== first?.algorithm) {
    throw new S3Error(
      "InvalidRequest",
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  }
  return first;
}

/**
 * Reads Content-MD5.
 * @throws S3Error InvalidDigest when it isn't the base64 of 16 bytes.
 */
export function readContentMd5(request: S3Request): Buffer | undefined {
  const header = rawHeader(request, "content-md5");
  if (header === undefined) return undefined;
  const digest = Buffer.from(header, "base64");
  if (digest.length !== 16) throw new S3Error("InvalidDigest", "The Content-MD5 you specified is not valid.");
  return digest;
}
