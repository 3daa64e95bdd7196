import "server-only";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  S3ServiceException,
  UploadPartCopyCommand,
  type StorageClass,
} from "@aws-sdk/client-s3";
import { bareEtag } from "./bucket";
import { callStore, findObject } from "./object-store";
import { abortMultipartUpload } from "./multipart-store";
import { mainPlace, type StorePlace } from "./store-place";

/** The store moves the bytes by itself and takes its time; milliseconds. */
const COPY_TIMEOUT = 120_000;

/** What one CopyObject takes at most (Amazon S3 API Reference, CopyObject: "up to 5 GB"), and the parts of what is larger. Bytes. */
const LIMITS = { whole: 5 * 1024 ** 3, part: 1024 ** 3 };

/** The copy itself: its key, its entity tag without quotes, its bytes. */
export type CopySource = { key: string; etag: string; bytes: number };

type CopyOptions = {
  /** The class that the copy is held in; else the bucket's own */
  storageClass?: StorageClass;
  /** For tests: what is copied whole, and the parts of what is not. Bytes */
  limits?: { whole: number; part: number };
};

function sourceOf({ bucket }: StorePlace, { key, etag }: CopySource) {
  return { CopySource: `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`, CopySourceIfMatch: `"${etag}"` };
}

const isGone = (error: unknown) =>
  error instanceof S3ServiceException && ["NoSuchKey", "NotFound", "PreconditionFailed"].includes(error.name);

/** Copies parts one after the other and makes them one object. What it has begun it ends, whatever happens. */
async function copyInParts(
  place: StorePlace,
  from: CopySource,
  to: string,
  { partBytes, storageClass: StorageClass }: { partBytes: number; storageClass?: StorageClass | undefined },
): Promise<string | undefined> {
  const { client, bucket: Bucket } = place;
  const ContentType = (await findObject(from.key, place))?.contentType;
  const begun = await callStore(place, "CreateMultipartUpload", (options) =>
    client.send(new CreateMultipartUploadCommand({ Bucket, Key: to, ContentType, StorageClass }), options),
  );
  const UploadId = begun.UploadId ?? "";
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < from.bytes; start += partBytes) {
      const PartNumber = Parts.length + 1;
      const range = `bytes=${start}-${Math.min(start + partBytes, from.bytes) - 1}`;
      const part = { Bucket, Key: to, UploadId, PartNumber, ...sourceOf(place, from), CopySourceRange: range };
      const send = (options: { abortSignal: AbortSignal }) => client.send(new UploadPartCopyCommand(part), options);
      const { CopyPartResult } = await callStore(place, "UploadPartCopy", send, COPY_TIMEOUT);
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    const complete = new CompleteMultipartUploadCommand({ Bucket, Key: to, UploadId, MultipartUpload: { Parts } });
    const made = await callStore(place, "CompleteMultipartUpload", (options) => client.send(complete, options), COPY_TIMEOUT);
    return made.ETag;
  } catch (error) {
    await abortMultipartUpload(to, UploadId, place);
    throw error;
  }
}

/**
 * Copies an object of any size within its bucket, over what is under the new key, which may be its own when the class is another; of a
 * large one the content type is kept and no other header.
 *
 * @returns the copy's entity tag without quotes; null when there is no such object (any more), or it is not that one
 * @throws AppError UNAVAILABLE
 */
export async function copyObject(
  from: CopySource,
  to: string,
  { storageClass, limits = LIMITS }: CopyOptions = {},
  place = mainPlace,
): Promise<string | null> {
  try {
    if (from.bytes > limits.whole) return bareEtag((await copyInParts(place, from, to, { partBytes: limits.part, storageClass })) ?? "");
    const { client, bucket: Bucket } = place;
    const command = new CopyObjectCommand({ Bucket, Key: to, ...sourceOf(place, from), StorageClass: storageClass });
    const { CopyObjectResult } = await callStore(place, "CopyObject", (options) => client.send(command, options), COPY_TIMEOUT);
    return bareEtag(CopyObjectResult?.ETag ?? "");
  } catch (error) {
    if (error instanceof Error && isGone(error.cause)) return null;
    throw error;
  }
}
