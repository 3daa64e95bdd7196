import type { Context } from "../context.ts";
import { afterPrefix, commonPrefix, prefixRange } from "../index/key-range.ts";
import type { KeyRange } from "../index/key-range.ts";
import type { ListedObject } from "../index/records.ts";
import { sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { encodeUri } from "../s3-request.ts";
import { isoTime, pageSize, requireBucket } from "./require.ts";

interface Page {
  readonly contents: ListedObject[];
  readonly prefixes: string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: KeyRange | undefined;
}

const FIRST_STEP = 4;

// A continuation token is the key range that is left, so a page costs the same however deep it lies.
function encodeToken(range: KeyRange): string {
  return Buffer.concat([Buffer.from([range.exclusive ? 1 : 0]), range.start]).toString("base64url");
}

function decodeToken(token: string, whole: KeyRange): KeyRange {
  const bytes = Buffer.from(token, "base64url");
  const mark = bytes[0];
  if (bytes.toString("base64url") !== token || (mark !== 0 && mark !== 1)) {
    throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", {
      details: { ArgumentName: "continuation-token" },
    });
  }
  const start = bytes.subarray(1);
  return Buffer.compare(start, whole.start) < 0 ? whole : { start, exclusive: mark === 1, end: whole.end };
}

function readPage(context: Context, whole: KeyRange, prefix: string, delimiter: string, limit: number): Page {
  const contents: ListedObject[] = [];
  const prefixes: string[] = [];
  const count = (): number => contents.length + prefixes.length;
  let range: KeyRange | undefined = limit === 0 ? undefined : whole;
  // With a delimiter most rows of a large batch may be passed over, so batches start small and grow while nothing is.
  let step = delimiter === "" ? limit + 1 : FIRST_STEP;
  while (range) {
    const asked = Math.min(step, limit - count() + 1);
    const batch: ListedObject[] = context.store.index.objects.range(context.request.bucket, range, asked);
    let skipped = false;
    for (const object of batch) {
      if (count() === limit) return { contents, prefixes, next: range };
      const rolled = commonPrefix(object.key, prefix, delimiter);
      if (rolled === undefined) {
        contents.push(object);
        range = { start: Buffer.from(object.key), exclusive: true, end: whole.end };
      } else {
        prefixes.push(rolled);
        const start = afterPrefix(Buffer.from(rolled));
        range = start && { start, exclusive: false, end: whole.end };
        skipped = true;
        break;
      }
    }
    if (!skipped && batch.length < asked) break;
    step = skipped ? FIRST_STEP : step * 2;
  }
  return { contents, prefixes, next: undefined };
}

/** ListObjectsV2: key order, prefix, delimiter, start-after, pages of at most 1,000 entries. */
export function listObjects(context: Context): Promise<void> {
  const { request, response } = context;
  requireBucket(context);
  const { query } = request;
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const startAfter = query.get("start-after") ?? "";
  const token = query.get("continuation-token");
  const encoding = query.get("encoding-type");
  if (encoding !== undefined && encoding !== "url") throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
  const limit = pageSize(context, "max-keys");
  const whole = prefixRange(Buffer.from(prefix), startAfter === "" ? undefined : Buffer.from(startAfter));
  const page = readPage(context, token === undefined ? whole : decodeToken(token, whole), prefix, delimiter, limit);
  const name = (text: string): string => (encoding === "url" ? encodeUri(text).replaceAll("%2F", "/") : text);
  const owner = query.get("fetch-owner") === "true" ? { ID: "sidecar-local", DisplayName: "sidecar-local" } : undefined;
  sendXml(response, "ListBucketResult", {
    Name: request.bucket,
    Prefix: name(prefix),
    Delimiter: delimiter === "" ? undefined : name(delimiter),
    StartAfter: startAfter === "" ? undefined : name(startAfter),
    EncodingType: encoding,
    ContinuationToken: token,
    NextContinuationToken: page.next && encodeToken(page.next),
    KeyCount: page.contents.length + page.prefixes.length,
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    Contents: page.contents.map((object) => ({
      Key: name(object.key),
      LastModified: isoTime(object.modified),
      ETag: `"${object.etag}"`,
      Size: object.size,
      Owner: owner,
      StorageClass: object.storageClass,
    })),
    CommonPrefixes: page.prefixes.map((common) => ({ Prefix: name(common) })),
  });
  return Promise.resolve();
}
