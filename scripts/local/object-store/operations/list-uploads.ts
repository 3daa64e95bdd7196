import type { Context } from "../context.ts";
import { afterPrefix, commonPrefix, prefixRange } from "../index/key-range.ts";
import type { KeyRange } from "../index/key-range.ts";
import type { StoredUpload } from "../index/records.ts";
import { sendXml } from "../reply.ts";
import { encodeUri } from "../s3-request.ts";
import { isoTime, pageSize, requireBucket } from "./require.ts";

interface Page {
  readonly uploads: StoredUpload[];
  readonly prefixes: string[];
  readonly truncated: boolean;
  readonly keyMarker: string;
  readonly idMarker: string;
}

interface Position {
  /** Keys still to come; undefined: none. */
  readonly range: KeyRange | undefined;
  /** The one key of which only the ids after this are still to come. */
  readonly rest: { readonly key: Buffer; readonly id: string } | undefined;
}

function afterCommonPrefix(rolled: string, end: Buffer | undefined): Position {
  const start = afterPrefix(Buffer.from(rolled));
  return { range: start && { start, exclusive: false, end }, rest: undefined };
}

// Where the markers of a request point. Without a key marker S3 ignores an upload-id marker; a marker that is a common
// prefix has everything under it behind it.
function startPosition(prefix: string, delimiter: string, keyMarker: string, idMarker: string): Position {
  const whole = prefixRange(Buffer.from(prefix), keyMarker === "" ? undefined : Buffer.from(keyMarker));
  const rolled = keyMarker.startsWith(prefix) ? commonPrefix(keyMarker, prefix, delimiter) : undefined;
  if (rolled !== undefined && rolled === keyMarker) return afterCommonPrefix(rolled, whole.end);
  return { range: whole, rest: keyMarker !== "" && idMarker !== "" ? { key: Buffer.from(keyMarker), id: idMarker } : undefined };
}

function readPage(context: Context, prefix: string, delimiter: string, limit: number): Page {
  const { query, bucket } = context.request;
  let [keyMarker, idMarker] = [query.get("key-marker") ?? "", query.get("upload-id-marker") ?? ""];
  const uploads: StoredUpload[] = [];
  const prefixes: string[] = [];
  let { range, rest } = limit === 0 ? { range: undefined, rest: undefined } : startPosition(prefix, delimiter, keyMarker, idMarker);
  while (range) {
    const { end } = range;
    const asked = limit - uploads.length - prefixes.length + 1;
    const batch: StoredUpload[] = context.store.index.uploads.range(bucket, range, rest, asked);
    rest = undefined;
    let skipped = false;
    for (const upload of batch) {
      if (uploads.length + prefixes.length === limit) return { uploads, prefixes, truncated: true, keyMarker, idMarker };
      const rolled = commonPrefix(upload.key, prefix, delimiter);
      if (rolled === undefined) {
        uploads.push(upload);
        [keyMarker, idMarker] = [upload.key, upload.id];
        rest = { key: Buffer.from(upload.key), id: upload.id };
        range = { start: rest.key, exclusive: true, end };
      } else {
        prefixes.push(rolled);
        [keyMarker, idMarker] = [rolled, ""];
        ({ range, rest } = afterCommonPrefix(rolled, end));
        skipped = true;
        break;
      }
    }
    if (!skipped && batch.length < asked) break;
  }
  return { uploads, prefixes, truncated: false, keyMarker, idMarker };
}

/** ListMultipartUploads: by key, then by time, in pages of at most 1,000. */
export function listMultipartUploads(context: Context): Promise<void> {
  const { request, response } = context;
  requireBucket(context);
  const prefix = request.query.get("prefix") ?? "";
  const delimiter = request.query.get("delimiter") ?? "";
  const encoding = request.query.get("encoding-type");
  const limit = pageSize(context, "max-uploads");
  const page = readPage(context, prefix, delimiter, limit);
  const name = (text: string): string => (encoding === "url" ? encodeUri(text).replaceAll("%2F", "/") : text);
  sendXml(response, "ListMultipartUploadsResult", {
    Bucket: request.bucket,
    KeyMarker: name(request.query.get("key-marker") ?? ""),
    UploadIdMarker: request.query.get("upload-id-marker") ?? "",
    NextKeyMarker: page.truncated ? name(page.keyMarker) : undefined,
    NextUploadIdMarker: page.truncated ? page.idMarker : undefined,
    Delimiter: delimiter === "" ? undefined : name(delimiter),
    Prefix: name(prefix),
    EncodingType: encoding,
    MaxUploads: limit,
    IsTruncated: page.truncated,
    Upload: page.uploads.map((upload) => ({
      Key: name(upload.key),
      UploadId: upload.id,
      StorageClass: upload.storageClass,
      Initiated: isoTime(upload.initiated),
      ChecksumAlgorithm: upload.checksum?.algorithm,
      ChecksumType: upload.checksum?.type,
    })),
    CommonPrefixes: page.prefixes.map((common) => ({ Prefix: name(common) })),
  });
  return Promise.resolve();
}
