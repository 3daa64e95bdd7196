import type { ServerResponse } from "node:http";
import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Caller } from "../auth/authenticate.ts";
import type { Payload } from "../auth/payload.ts";
import { S3Error } from "../s3-error.ts";
import { rawHeader } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { createDigest } from "./checksum.ts";
import type { ChecksumAlgorithm, Checksums } from "./checksum.ts";
import { readContentMd5, readExpectedChecksum } from "./expected-checksum.ts";

/** What is known of a body that arrived whole and true. */
export interface Consumed {
  readonly size: number;
  /** Lower-case hex, as an entity tag: the MD5, or the first half of a SHA-256 that the client gave. */
  readonly etag: string;
  readonly checksums: Checksums;
  /** True when Content-MD5 or a checksum vouched for the bytes. */
  readonly vouched: boolean;
}

export interface ConsumeOptions {
  /** Largest acceptable body in bytes. */
  readonly limit: number;
  /** Checksums to compute even when the client gave none, such as the algorithm of a multipart upload. */
  readonly algorithms?: readonly ChecksumAlgorithm[];
  /** Sees the size of every piece as it comes in from the network, and may hold the next one back. */
  readonly onBytes?: (count: number) => Promise<void> | undefined;
}

function declaredLength(request: S3Request, payload: Payload, limit: number): number {
  const name = payload.kind === "chunked" ? "x-amz-decoded-content-length" : "content-length";
  const text = rawHeader(request, name);
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new S3Error("MissingContentLength", `You must provide the ${name} HTTP header.`);
  }
  const length = Number(text);
  if (length > limit) {
    throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
      details: { ProposedSize: length, MaxSizeAllowed: limit },
    });
  }
  return length;
}

/** The body's bytes, with the transfer framing removed. A failure leaves the connection able to carry the answer. */
async function* readBody(request: S3Request, onBytes: (count: number) => Promise<void> | undefined): AsyncGenerator<Buffer, void, void> {
  const source: AsyncIterable<Buffer> = request.http.iterator({ destroyOnReturn: false });
  for await (const chunk of source) {
    const pause = onBytes(chunk.length);
    if (pause) await pause;
    yield chunk;
  }
}

/**
 * Streams the body of an upload into `sink`, at the pace of the slower side, and holds it against everything that the
 * client said of it: length, payload hash, chunk signatures, Content-MD5, checksum header or trailer.
 * @throws S3Error XAmzContentSHA256Mismatch, BadDigest, IncompleteBody, EntityTooLarge, ...; then the sink's bytes must be thrown away.
 */
export async function consumeBody(
  request: S3Request,
  response: ServerResponse,
  caller: Caller,
  sink: Writable,
  options: ConsumeOptions,
): Promise<Consumed> {
  const payload: Payload = caller.kind === "signed" ? caller.payload : { kind: "unsigned" };
  const length = declaredLength(request, payload, options.limit);
  const contentMd5 = readContentMd5(request);
  const expected = readExpectedChecksum(request);
  const wanted = new Set<ChecksumAlgorithm>(options.algorithms);
  if (expected) wanted.add(expected.algorithm);
  if (payload.kind === "hashed") wanted.add("SHA256");
  // An entity tag need not be an MD5 (Amazon S3 API Reference, Object): a body that SHA-256 vouches for is not hashed a second time.
  const md5 = expected?.algorithm === "SHA256" && !contentMd5 ? null : createHash("md5");
  const digests = [...wanted].map((algorithm) => ({ algorithm, digest: createDigest(algorithm) }));

  if (rawHeader(request, "expect")?.toLowerCase() === "100-continue") response.writeContinue();
  let trailers: ReadonlyMap<string, string> = new Map();
  const wire = readBody(request, options.onBytes ?? (() => undefined));
  const decoded = payload.kind === "chunked" ? decodeAwsChunked(wire, { ...payload, onTrailers: (found) => (trailers = found) }) : wire;
  let size = 0;
  async function* hashed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > length) throw new S3Error("IncompleteBody", "The request body is longer than its declared length.");
      md5?.update(chunk);
      for (const { digest } of digests) digest.update(chunk);
      yield chunk;
    }
  }
  await pipeline(decoded, hashed, sink);

  if (size !== length) throw new S3Error("IncompleteBody", "The request body is shorter than its declared length.");
  const computed = new Map(digests.map(({ algorithm, digest }) => [algorithm, digest.digest()]));
  if (payload.kind === "hashed" && computed.get("SHA256")?.toString("hex") !== payload.sha256) {
    throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  const md5Digest = md5?.digest();
  if (contentMd5 && md5Digest && !contentMd5.equals(md5Digest)) {
    throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  const kept: Partial<Record<ChecksumAlgorithm, string>> = {};
  for (const algorithm of options.algorithms ?? []) kept[algorithm] = computed.get(algorithm)?.toString("base64") ?? "";
  if (expected) {
    const actual = computed.get(expected.algorithm)?.toString("base64") ?? "";
    const claimed = expected.value ?? trailers.get(`x-amz-checksum-${expected.algorithm.toLowerCase()}`);
    if (claimed === undefined) throw new S3Error("MalformedTrailerError", "The announced trailing checksum is missing.");
    if (claimed !== actual) {
      throw new S3Error("BadDigest", `The ${expected.algorithm} you specified did not match the calculated checksum.`);
    }
    kept[expected.algorithm] = actual;
  }
  const etag = (md5Digest ?? computed.get("SHA256")?.subarray(0, 16) ?? Buffer.alloc(0)).toString("hex");
  return { size, etag, checksums: kept, vouched: contentMd5 !== undefined || expected !== undefined };
}

/**
 * Reads a small document body as UTF-8 text, verified like every other body.
 * @throws S3Error as `consumeBody`; EntityTooLarge above `limit` bytes.
 */
export async function consumeText(
  request: S3Request,
  response: ServerResponse,
  caller: Caller,
  options: ConsumeOptions,
): Promise<Consumed & { readonly text: string }> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const consumed = await consumeBody(request, response, caller, sink, options);
  return { ...consumed, text: Buffer.concat(chunks).toString("utf8") };
}
