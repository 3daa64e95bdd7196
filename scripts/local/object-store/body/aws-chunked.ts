import { createHash } from "node:crypto";
import type { ChunkSigning } from "../auth/payload.ts";
import { sameSignature, signatureMismatch } from "../auth/signer.ts";
import { S3Error } from "../s3-error.ts";
import { ByteReader } from "./byte-reader.ts";

const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const MAX_LINE_BYTES = 4096;
const MAX_TRAILERS = 8;
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: every signed chunk but the last is at least 8 KiB.
const MIN_SIGNED_CHUNK_BYTES = 8192;

/** Checks the chain of chunk signatures; each is computed from the one before. */
class ChunkChain {
  readonly #signing: ChunkSigning;
  #previous: string;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seed;
  }

  async check(given: string | undefined, algorithm: string, ...hashes: string[]): Promise<void> {
    const { date, scope } = this.#signing;
    const credentialScope = `${scope.day}/${scope.region}/s3/aws4_request`;
    const expected = await this.#signing.sign([algorithm, date, credentialScope, this.#previous, ...hashes].join("\n"));
    if (given === undefined || !sameSignature(given, expected)) throw signatureMismatch();
    this.#previous = expected;
  }
}

function parseChunkLine(line: string): { size: number; signature: string | undefined } {
  const match = /^([0-9a-fA-F]{1,9})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!match?.[1]) throw new S3Error("IncompleteBody", "The request body is not in the aws-chunked encoding.");
  return { size: Number.parseInt(match[1], 16), signature: match[2] };
}

async function readTrailers(reader: ByteReader): Promise<Map<string, string>> {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(MAX_LINE_BYTES); line !== ""; line = await reader.line(MAX_LINE_BYTES)) {
    const colon = line.indexOf(":");
    if (colon < 1 || trailers.size === MAX_TRAILERS) {
      throw new S3Error("MalformedTrailerError", "The request contained trailing data that was not well-formed.");
    }
    trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
}

// The hash of the trailers is taken over `name:value\n` lines, without the signature itself.
async function checkTrailers(chain: ChunkChain, trailers: Map<string, string>): Promise<void> {
  const signature = trailers.get("x-amz-trailer-signature");
  trailers.delete("x-amz-trailer-signature");
  const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
  await chain.check(signature, "AWS4-HMAC-SHA256-TRAILER", createHash("sha256").update(canonical).digest("hex"));
}

interface ChunkedOptions {
  readonly signing: ChunkSigning | undefined;
  readonly trailer: boolean;
  readonly onTrailers: (trailers: ReadonlyMap<string, string>) => void;
}

async function* decodeChunks(reader: ByteReader, options: ChunkedOptions): AsyncGenerator<Buffer, void, void> {
  const chain = options.signing && new ChunkChain(options.signing);
  let shortChunkSeen = false;
  for (;;) {
    const { size, signature } = parseChunkLine(await reader.line(MAX_LINE_BYTES));
    const hash = chain && createHash("sha256");
    if (chain && size > 0) {
      if (shortChunkSeen) throw new S3Error("InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes");
      shortChunkSeen = size < MIN_SIGNED_CHUNK_BYTES;
    }
    for await (const piece of reader.take(size)) {
      hash?.update(piece);
      yield piece;
    }
    if (chain && hash) await chain.check(signature, "AWS4-HMAC-SHA256-PAYLOAD", EMPTY_SHA256, hash.digest("hex"));
    if (size === 0) break;
    if ((await reader.line(MAX_LINE_BYTES)) !== "") {
      throw new S3Error("IncompleteBody", "A chunk is longer than it said.");
    }
  }
  const trailers = await readTrailers(reader);
  if (options.trailer && chain) await checkTrailers(chain, trailers);
  await reader.expectEnd();
  options.onTrailers(trailers);
}

/**
 * Decodes an aws-chunked body piece by piece, whatever the size of its chunks, and checks every signature on the way:
 * what is yielded before a bad signature must not be kept, so the caller commits only after the end.
 * `onTrailers` gets the trailing headers (lower-case names) once, at the end.
 * @throws S3Error SignatureDoesNotMatch, IncompleteBody, InvalidChunkSizeError or MalformedTrailerError.
 */
export async function* decodeAwsChunked(source: AsyncIterable<Buffer>, options: ChunkedOptions): AsyncGenerator<Buffer, void, void> {
  const reader = new ByteReader(source);
  try {
    yield* decodeChunks(reader, options);
  } finally {
    // A refusal leaves the source in the middle: it must be let go, or what is left of it could never be drained.
    await reader.close();
  }
}
