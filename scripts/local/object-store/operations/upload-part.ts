import { checksumElements, checksumHeaders } from "../body/checksum.ts";
import type { Consumed } from "../body/consume.ts";
import { storeBody } from "../body/store-body.ts";
import { parseCopyRange } from "../byte-range.ts";
import type { Context } from "../context.ts";
import { copyContent, readCopySource } from "../copy-source.ts";
import type { StoredPart, StoredUpload } from "../index/records.ts";
import { MAX_PART_NUMBER, MAX_SINGLE_BYTES } from "../limits.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { parameter } from "../s3-request.ts";
import { requireUpload } from "./multipart-upload.ts";
import { isoTime, nowInSeconds } from "./require.ts";

function readPartNumber(context: Context): number {
  const text = context.request.query.get("partNumber") ?? "";
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw new S3Error("InvalidArgument", `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`, {
    details: { ArgumentName: "partNumber", ArgumentValue: text },
  });
}

// The upload may have been completed or aborted while the bytes came in: it is looked up again inside the commit.
function keepPart(
  context: Context,
  upload: StoredUpload,
  number: number,
  file: string,
  content: Pick<Consumed, "size" | "etag" | "checksums">,
): { part: StoredPart; released: string[] } {
  const { size, etag, checksums } = content;
  const part: StoredPart = { number, file, size, etag, modified: nowInSeconds(context), checksums };
  return { part, released: context.store.index.uploads.putPart(upload.id, part, () => requireUpload(context)) };
}

/** UploadPart: a part of the same number is replaced. */
export async function uploadPart(context: Context): Promise<void> {
  const number = readPartNumber(context);
  const upload = requireUpload(context);
  const algorithms = upload.checksum ? [upload.checksum.algorithm] : [];
  const { part, released } = await storeBody(context, { limit: MAX_SINGLE_BYTES, algorithms }, (file, consumed) =>
    keepPart(context, upload, number, file, consumed),
  );
  await context.store.files.discard(released);
  sendEmpty(context.response, 200, { ETag: `"${part.etag}"`, ...checksumHeaders(part.checksums) });
}

/** UploadPartCopy: a range of an existing object, or the whole of it, becomes a part. */
export async function uploadPartCopy(context: Context): Promise<void> {
  const number = readPartNumber(context);
  const upload = requireUpload(context);
  const source = readCopySource(context);
  const header = parameter(context.request, "x-amz-copy-source-range");
  const range = header === undefined ? { start: 0, end: source.size - 1 } : parseCopyRange(header, source.size);
  if (range.end - range.start + 1 > MAX_SINGLE_BYTES) {
    throw new S3Error(
      "InvalidRequest",
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_SINGLE_BYTES}`,
    );
  }
  const algorithms = upload.checksum ? [upload.checksum.algorithm] : [];
  const { part, released } = await copyContent(context, source, range, algorithms, (file, copied) =>
    keepPart(context, upload, number, file, copied),
  );
  await context.store.files.discard(released);
  sendXml(context.response, "CopyPartResult", {
    LastModified: isoTime(part.modified),
    ETag: `"${part.etag}"`,
    ...checksumElements(part.checksums),
  });
}
