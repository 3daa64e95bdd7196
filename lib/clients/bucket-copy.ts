import "server-only";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  S3ServiceException,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { envClient } from "../env-client";
import { S3 } from "../S3Client";
import { callStore, findObject } from "./object-store";
import { abortMultipartUpload } from "./multipart-store";

const Bucket = envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;

/** The store moves the bytes by itself and takes its time; milliseconds. */
const COPY_TIMEOUT = 120_000;

/** What one CopyObject takes at most (Amazon S3 API Reference, CopyObject: "up to 5 GB"), and the parts of what is larger. Bytes. */
const LIMITS = { whole: 5 * 1024 ** 3, part: 1024 ** 3 };

/** The copy itself: its key, its entity tag without quotes, its bytes. */
export type CopySource = { key: string; etag: string; bytes: number };

function sourceOf({ key, etag }: CopySource) {
  return { CopySource: `${Bucket}/${key.split("/").map(encodeURIComponent).join("/")}`, CopySourceIfMatch: `"${etag}"` };
}

const isGone = (error: unknown) =>
  error instanceof S3ServiceException && ["NoSuchKey", "NotFound", "PreconditionFailed"].includes(error.name);

/** Copies parts one after the other and makes them one object. What it has begun it ends, whatever happens. */
async function copyInParts(from: CopySource, to: string, partBytes: number): Promise<void> {
  const ContentType = (await findObject(from.key))?.contentType;
  const begun = await callStore("CreateMultipartUpload", (options) =>
    S3.send(new CreateMultipartUploadCommand({ Bucket, Key: to, ContentType }), options),
  );
  const UploadId = begun.UploadId ?? "";
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < from.bytes; start += partBytes) {
      const PartNumber = Parts.length + 1;
      const range = `bytes=${start}-${Math.min(start + partBytes, from.bytes) - 1}`;
      const part = { Bucket, Key: to, UploadId, PartNumber, ...sourceOf(from), CopySourceRange: range };
      const send = (options: { abortSignal: AbortSignal }) => S3.send(new UploadPartCopyCommand(part), options);
      const { CopyPartResult } = await callStore("UploadPartCopy", send, COPY_TIMEOUT);
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    const complete = { Bucket, Key: to, UploadId, MultipartUpload: { Parts } };
    await callStore("CompleteMultipartUpload", (options) => S3.send(new CompleteMultipartUploadCommand(complete), options), COPY_TIMEOUT);
  } catch (error) {
    await abortMultipartUpload(to, UploadId);
    throw error;
  }
}

/**
 * Copies an object of any size within the bucket, over what is under the new key; of a large one the content type is kept and no other
 * header. False when there is no such object (any more), or it is not that one.
 *
 * @param limits for tests: what is copied whole, and the parts of what is not
 * @throws AppError UNAVAILABLE
 */
export async function copyObject(from: CopySource, to: string, limits = LIMITS): Promise<boolean> {
  try {
    if (from.bytes > limits.whole) await copyInParts(from, to, limits.part);
    else {
      const command = new CopyObjectCommand({ Bucket, Key: to, ...sourceOf(from) });
      await callStore("CopyObject", (options) => S3.send(command, options), COPY_TIMEOUT);
    }
    return true;
  } catch (error) {
    if (error instanceof Error && isGone(error.cause)) return false;
    throw error;
  }
}
