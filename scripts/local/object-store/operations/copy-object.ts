import { parseStorageClass, readAttributes } from "../attributes.ts";
import { checksumElements } from "../body/checksum.ts";
import { parseAlgorithm } from "../body/expected-checksum.ts";
import { writeCondition } from "../conditions.ts";
import type { Context } from "../context.ts";
import { copyContent, readCopySource } from "../copy-source.ts";
import type { ObjectAttributes, StoredObject } from "../index/records.ts";
import { MAX_SINGLE_BYTES } from "../limits.ts";
import { sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { parameter } from "../s3-request.ts";
import { isoTime, nowInSeconds, requireBucket } from "./require.ts";

function directive(context: Context, name: string): "COPY" | "REPLACE" {
  const value = parameter(context.request, name) ?? "COPY";
  if (value === "COPY" || value === "REPLACE") return value;
  throw new S3Error("InvalidArgument", `Unknown ${name}: ${value}`);
}

function copiedAttributes(context: Context, source: StoredObject): ObjectAttributes {
  const own = readAttributes(context.request);
  const described = directive(context, "x-amz-metadata-directive") === "REPLACE" ? own : source;
  const tagged = directive(context, "x-amz-tagging-directive") === "REPLACE" ? own : source;
  return { headers: described.headers, metadata: described.metadata, tags: tagged.tags };
}

// S3 refuses a copy onto itself that would change nothing.
function refuseIdleCopy(context: Context, source: StoredObject): void {
  const { request } = context;
  if (source.bucket !== request.bucket || source.key !== request.key) return;
  const changes = ["x-amz-metadata-directive", "x-amz-tagging-directive"].some((name) => directive(context, name) === "REPLACE");
  if (changes || parameter(request, "x-amz-storage-class") !== undefined) return;
  throw new S3Error(
    "InvalidRequest",
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

/** CopyObject. A plain source is linked, not copied, unless a checksum that it doesn't have is asked for. */
export async function copyObject(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const source = readCopySource(context);
  if (source.size > MAX_SINGLE_BYTES) {
    throw new S3Error(
      "InvalidRequest",
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_SINGLE_BYTES}`,
    );
  }
  refuseIdleCopy(context, source);
  const check = writeCondition(request);
  const asked = parameter(request, "x-amz-checksum-algorithm");
  const algorithm = asked === undefined ? undefined : parseAlgorithm(asked);
  const base = {
    ...copiedAttributes(context, source),
    bucket: request.bucket,
    key: request.key,
    parts: 0,
    storageClass: parseStorageClass(parameter(request, "x-amz-storage-class")),
  };
  const commit = (content: Pick<StoredObject, "body" | "size" | "etag" | "checksums">): [StoredObject, string[]] => {
    const object: StoredObject = { ...base, ...content, modified: nowInSeconds(context) };
    requireBucket(context);
    return [object, store.index.objects.put(object, check)];
  };
  const linkable = source.parts === 0 && (!algorithm || source.checksums[algorithm] !== undefined);
  const [object, released] = linkable
    ? await linkContent(context, source, commit)
    : await copyContent(context, source, { start: 0, end: source.size - 1 }, algorithm ? [algorithm] : [], (body, copied) =>
        commit({ body, size: copied.size, etag: copied.etag, checksums: copied.checksums }),
      );
  await store.files.discard(released);
  sendXml(response, "CopyObjectResult", {
    LastModified: isoTime(object.modified),
    ETag: `"${object.etag}"`,
    ...checksumElements(object.checksums),
  });
}

async function linkContent<R>(
  context: Context,
  source: StoredObject,
  commit: (content: Pick<StoredObject, "body" | "size" | "etag" | "checksums">) => R,
): Promise<R> {
  const { files } = context.store;
  const release = files.pin([source.body]);
  try {
    const body = await files.link(source.body);
    try {
      return commit({ body, size: source.size, etag: source.etag, checksums: source.checksums });
    } catch (error) {
      await files.discard([body]);
      throw error;
    }
  } finally {
    await release();
  }
}
