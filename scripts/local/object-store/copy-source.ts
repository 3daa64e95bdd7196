import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createDigest } from "./body/checksum.ts";
import type { ChecksumAlgorithm } from "./body/checksum.ts";
import type { Consumed } from "./body/consume.ts";
import { withNewFile } from "./body/store-body.ts";
import type { ByteRange } from "./byte-range.ts";
import { requireReadable } from "./cold-classes.ts";
import { checkCopyConditions } from "./conditions.ts";
import { contentSegments } from "./content-segments.ts";
import type { Context } from "./context.ts";
import type { StoredObject } from "./index/records.ts";
import { requireObject } from "./operations/require.ts";
import { S3Error } from "./s3-error.ts";
import { parameter } from "./s3-request.ts";

/**
 * The object that x-amz-copy-source names (`/bucket/key`, percent-encoded), with its conditions checked.
 * @throws S3Error InvalidArgument, NotImplemented for a version, NoSuchBucket, NoSuchKey, PreconditionFailed or InvalidObjectState.
 */
export function readCopySource(context: Context): StoredObject {
  const header = parameter(context.request, "x-amz-copy-source") ?? "";
  const [path = "", version] = header.replace(/^\//, "").split("?");
  if (version !== undefined) throw new S3Error("NotImplemented", "This store keeps no versions to copy from.");
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw new S3Error("InvalidArgument", "Copy Source must be URL encoded");
  }
  const slash = decoded.indexOf("/");
  if (slash < 1 || slash === decoded.length - 1) {
    throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
  }
  const source = requireObject(context, decoded.slice(0, slash), decoded.slice(slash + 1));
  checkCopyConditions(context.request, source);
  requireReadable(source, context.store.clock.now());
  return source;
}

/**
 * Copies `range` of `source` into a new content file, hashing on the way, then runs `commit`.
 * The source stays readable throughout even when it is replaced meanwhile.
 */
export async function copyContent<R>(
  context: Context,
  source: StoredObject,
  range: ByteRange,
  algorithms: readonly ChecksumAlgorithm[],
  commit: (file: string, copied: Pick<Consumed, "size" | "etag" | "checksums">) => R,
): Promise<R> {
  const { files, index } = context.store;
  const segments = contentSegments(index, source, range);
  const release = files.pin(segments.map((segment) => segment.file));
  const fill = async (sink: Writable): Promise<Pick<Consumed, "size" | "etag" | "checksums">> => {
    const md5 = createHash("md5");
    const digests = algorithms.map((algorithm) => ({ algorithm, digest: createDigest(algorithm) }));
    let size = 0;
    async function* content(): AsyncGenerator<Buffer, void, void> {
      for (const { file, start, end } of segments) {
        for await (const chunk of files.read(file, start, end) as AsyncIterable<Buffer>) {
          size += chunk.length;
          md5.update(chunk);
          for (const { digest } of digests) digest.update(chunk);
          yield chunk;
        }
      }
    }
    await pipeline(content(), sink);
    const checksums = Object.fromEntries(digests.map(({ algorithm, digest }) => [algorithm, digest.digest().toString("base64")]));
    return { size, etag: md5.digest("hex"), checksums };
  };
  try {
    return await withNewFile(files, fill, commit);
  } finally {
    await release();
  }
}
