import { pipeline } from "node:stream/promises";
import { KEPT_HEADERS } from "../attributes.ts";
import { parseRange } from "../byte-range.ts";
import type { ByteRange } from "../byte-range.ts";
import { checksumHeaders } from "../body/checksum.ts";
import { requireReadable, restoreHeader } from "../cold-classes.ts";
import { checkReadConditions } from "../conditions.ts";
import { contentSegments } from "../content-segments.ts";
import type { Context } from "../context.ts";
import type { StoredObject } from "../index/records.ts";
import { setHeaders } from "../reply.ts";
import type { ReplyHeaders } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { parameter, rawHeader } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import { requireObject } from "./require.ts";

/** The response-* parameters, which replace a header of the answer; only a signed request may use them. */
function overrides(context: Context): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = context.request.query.get(`response-${name}`);
    if (value === undefined) continue;
    if (context.caller.kind === "anonymous") {
      throw new S3Error("InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests.");
    }
    found[name] = value;
  }
  return found;
}

function readHeaders({ request, store }: Context, object: StoredObject, range: ByteRange | undefined): ReplyHeaders {
  const metadata = Object.entries(object.metadata).map(([name, value]): [string, string] => [`x-amz-meta-${name}`, value]);
  // A checksum is of the whole object, so a part of it goes without.
  const checksums = parameter(request, "x-amz-checksum-mode") === "ENABLED" && !range ? checksumHeaders(object.checksums) : {};
  return {
    "Accept-Ranges": "bytes",
    "Content-Type": "binary/octet-stream",
    "Content-Length": range ? range.end - range.start + 1 : object.size,
    "Content-Range": range && `bytes ${range.start}-${range.end}/${object.size}`,
    "Last-Modified": new Date(object.modified).toUTCString(),
    ETag: `"${object.etag}"`,
    "x-amz-storage-class": object.storageClass === "STANDARD" ? undefined : object.storageClass,
    "x-amz-restore": restoreHeader(object, store.clock.now()),
    "x-amz-tagging-count": object.tags.length || undefined,
    ...checksums,
    ...Object.fromEntries(metadata),
  };
}

// If-Range (RFC 9110, 13.1.5): the range counts only while the object is still the one that the client began.
function wantedRange(request: S3Request, object: StoredObject): ByteRange | undefined {
  const ifRange = rawHeader(request, "if-range");
  const same = ifRange === undefined || ifRange === `"${object.etag}"` || Date.parse(ifRange) === object.modified;
  return same ? parseRange(rawHeader(request, "range"), object.size) : undefined;
}

/** GetObject and HeadObject. The bytes go out as the client takes them; what it reads survives a replacement meanwhile. */
export async function getObject(context: Context): Promise<void> {
  const { request, response, store } = context;
  if (request.query.has("partNumber")) throw new S3Error("NotImplemented", "This store doesn't read single parts.");
  const object = requireObject(context);
  checkReadConditions(request, object);
  if (request.method !== "HEAD") requireReadable(object, store.clock.now());
  const changed = overrides(context);
  const range = wantedRange(request, object);
  const segments = contentSegments(store.index, object, range ?? { start: 0, end: object.size - 1 });
  const release = store.files.pin(segments.map((segment) => segment.file));
  try {
    setHeaders(response, { ...readHeaders(context, object, range) });
    setHeaders(response, object.headers);
    setHeaders(response, changed);
    response.statusCode = range ? 206 : 200;
    if (request.method !== "HEAD") {
      for (const { file, start, end } of segments) {
        await pipeline(store.files.read(file, start, end), response, { end: false });
      }
    }
    response.end();
  } finally {
    await release();
  }
}
