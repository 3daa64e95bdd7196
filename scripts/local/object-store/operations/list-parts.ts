import { checksumElements } from "../body/checksum.ts";
import type { Context } from "../context.ts";
import { sendXml } from "../reply.ts";
import { requireUpload } from "./multipart-upload.ts";
import { isoTime, pageSize, queryInteger } from "./require.ts";

/** ListParts: by number, in pages of at most 1,000. */
export function listParts(context: Context): Promise<void> {
  const upload = requireUpload(context);
  const limit = pageSize(context, "max-parts");
  const after = queryInteger(context, "part-number-marker", 0);
  const found = context.store.index.uploads.parts(upload.id, after, limit + 1);
  const parts = found.slice(0, limit);
  sendXml(context.response, "ListPartsResult", {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: after,
    NextPartNumberMarker: parts.at(-1)?.number,
    MaxParts: limit,
    IsTruncated: limit > 0 && found.length > limit,
    StorageClass: upload.storageClass,
    ChecksumAlgorithm: upload.checksum?.algorithm,
    ChecksumType: upload.checksum?.type,
    Part: parts.map((part) => ({
      PartNumber: part.number,
      LastModified: isoTime(part.modified),
      ETag: `"${part.etag}"`,
      Size: part.size,
      ...checksumElements(part.checksums),
    })),
  });
  return Promise.resolve();
}
