import { randomBytes } from "node:crypto";
import { parseStorageClass, readAttributes } from "../attributes.ts";
import { parseAlgorithm } from "../body/expected-checksum.ts";
import type { Context } from "../context.ts";
import type { StoredUpload } from "../index/records.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { parameter } from "../s3-request.ts";
import { requireBucket } from "./require.ts";

/** @throws S3Error NoSuchBucket or NoSuchUpload; an upload belongs to one bucket and key. */
export function requireUpload(context: Context): StoredUpload {
  const { request, store } = context;
  requireBucket(context);
  const upload = store.index.uploads.find(request.bucket, request.key, request.query.get("uploadId") ?? "");
  if (upload) return upload;
  throw new S3Error(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
  );
}

// Ids begin with the time, so that they sort by it, as ListMultipartUploads must.
function newUploadId(now: number): string {
  return now.toString(16).padStart(12, "0") + randomBytes(16).toString("hex");
}

function readChecksumPlan(context: Context): StoredUpload["checksum"] {
  const name = parameter(context.request, "x-amz-checksum-algorithm");
  const type = parameter(context.request, "x-amz-checksum-type");
  if (name === undefined) {
    if (type === undefined) return undefined;
    throw new S3Error("InvalidRequest", "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
  }
  const algorithm = parseAlgorithm(name);
  if (type === undefined || type === "COMPOSITE") return { algorithm, type: "COMPOSITE" };
  if (type === "FULL_OBJECT" && algorithm === "CRC32") return { algorithm, type: "FULL_OBJECT" };
  throw new S3Error("InvalidRequest", `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
}

/** CreateMultipartUpload. */
export function createMultipartUpload(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const initiated = store.clock.now();
  const upload: StoredUpload = {
    ...readAttributes(request),
    bucket: request.bucket,
    key: request.key,
    id: newUploadId(initiated),
    initiated,
    storageClass: parseStorageClass(parameter(request, "x-amz-storage-class")),
    checksum: readChecksumPlan(context),
  };
  store.index.uploads.create(upload);
  sendXml(
    response,
    "InitiateMultipartUploadResult",
    { Bucket: upload.bucket, Key: upload.key, UploadId: upload.id },
    { "x-amz-checksum-algorithm": upload.checksum?.algorithm, "x-amz-checksum-type": upload.checksum?.type },
  );
  return Promise.resolve();
}

/** AbortMultipartUpload: the parts are gone when it answers. */
export async function abortMultipartUpload(context: Context): Promise<void> {
  const { id } = requireUpload(context);
  await context.store.files.discard(context.store.index.uploads.abort(id));
  sendEmpty(context.response, 204);
}
