import { S3Error } from "../s3-error.ts";
import { parameter } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import type { Scope } from "./signer.ts";

/** What a chunk's signature is computed from, beside the chunk. */
export interface ChunkSigning {
  /** The signature of the request's headers, the first link of the chain. */
  readonly seed: string;
  /** The x-amz-date of the request. */
  readonly date: string;
  readonly scope: Scope;
  readonly sign: (stringToSign: string) => Promise<string>;
}

/** How the body is framed and what vouches for it. */
export type Payload =
  | { readonly kind: "unsigned" }
  | { readonly kind: "hashed"; readonly sha256: string }
  | { readonly kind: "chunked"; readonly trailer: boolean; readonly signing: ChunkSigning | undefined };

/**
 * Reads x-amz-content-sha256, whose values are listed at
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @throws S3Error InvalidRequest when it is missing from a request signed in its header, InvalidArgument or NotImplemented otherwise.
 */
export function readPayload(request: S3Request, signing: ChunkSigning): Payload {
  const value = parameter(request, "x-amz-content-sha256");
  switch (value) {
    case undefined:
      if (request.presigned) return { kind: "unsigned" };
      throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    case "UNSIGNED-PAYLOAD":
      return { kind: "unsigned" };
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return { kind: "chunked", trailer: true, signing: undefined };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
      return { kind: "chunked", trailer: false, signing };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return { kind: "chunked", trailer: true, signing };
    default:
      if (/^[0-9a-f]{64}$/.test(value)) return { kind: "hashed", sha256: value };
      if (value.startsWith("STREAMING-")) {
        throw new S3Error("NotImplemented", `This store doesn't read ${value} payloads.`);
      }
      throw new S3Error("InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value or a valid sha256 value.");
  }
}
