import "server-only";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  NoSuchUpload,
  S3ServiceException,
  UploadPartCommand,
  type StorageClass,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { callStore, uploadSigning, type PresignedPut } from "./object-store";
import { mainPlace } from "./store-place";

/** Putting thousands of parts together takes its time. Amazon S3 API Reference, CompleteMultipartUpload: "several minutes". Milliseconds. */
const COMPLETE_TIMEOUT = 50_000;
/** Ten pages of a thousand parts; milliseconds. */
const LIST_TIMEOUT = 30_000;

/** A part of up to 64 MiB on a slow line; milliseconds. */
const PART_TIMEOUT = 120_000;

export type StoredPart = { partNumber: number; bytes: number; etag: string; sha256: string | null };

type ObjectHeaders = { contentType: string | undefined; cacheControl?: string | undefined; storageClass?: StorageClass | undefined };

/** Begins a multipart upload whose parts carry SHA-256 sums. @returns the store's id of it @throws AppError UNAVAILABLE */
export function createMultipartUpload(key: string, headers: ObjectHeaders, place = mainPlace): Promise<string> {
  return callStore(place, "CreateMultipartUpload", async (options) => {
    const { contentType: ContentType, cacheControl: CacheControl, storageClass: StorageClass } = headers;
    const object = { Bucket: place.bucket, Key: key, ContentType, CacheControl, StorageClass };
    const { UploadId } = await place.client.send(new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: "SHA256" }), options);
    if (!UploadId) throw new Error("the store gave no UploadId");
    return UploadId;
  });
}

/** An address that takes one part of exactly this length and content. @param part.sha256 base64 */
export async function presignPart(
  part: { key: string; multipartId: string; partNumber: number; bytes: number; sha256: string; expiresInSeconds: number },
  place = mainPlace,
): Promise<PresignedPut> {
  const { key, multipartId, partNumber, bytes, sha256, expiresInSeconds } = part;
  const command = new UploadPartCommand({
    Bucket: place.bucket,
    Key: key,
    UploadId: multipartId,
    PartNumber: partNumber,
    ContentLength: bytes,
    ChecksumSHA256: sha256,
  });
  const headers = { "x-amz-checksum-sha256": sha256 };
  return { url: await getSignedUrl(place.client, command, uploadSigning(headers, expiresInSeconds, place)), headers };
}

/**
 * Sends one part. The store refuses it when it is not what the sum says.
 *
 * @param part.sha256 of the body, base64
 * @throws AppError UNAVAILABLE
 */
export function uploadPart(
  part: { key: string; multipartId: string; partNumber: number; body: Uint8Array; sha256: string },
  place = mainPlace,
): Promise<StoredPart> {
  const { key: Key, multipartId: UploadId, partNumber, body, sha256 } = part;
  const address = { Bucket: place.bucket, Key, UploadId, PartNumber: partNumber };
  const work = async (options: { abortSignal: AbortSignal }) => {
    const command = new UploadPartCommand({ ...address, Body: body, ChecksumSHA256: sha256 });
    const { ETag: etag = "" } = await place.client.send(command, options);
    return { partNumber, bytes: body.length, etag, sha256 };
  };
  return callStore(place, "UploadPart", work, PART_TIMEOUT);
}

/** All parts that have arrived, in order; null when the store knows no such upload (any more). @throws AppError UNAVAILABLE */
export function listParts(key: string, multipartId: string, place = mainPlace): Promise<StoredPart[] | null> {
  return callStore(
    place,
    "ListParts",
    async ({ abortSignal }) => {
      const parts: StoredPart[] = [];
      // By hand: the SDK's own paginator asks for a page after the last one, since stores name a next marker there as well.
      let marker: string | undefined;
      try {
        for (let more = true; more;) {
          const command = new ListPartsCommand({ Bucket: place.bucket, Key: key, UploadId: multipartId, PartNumberMarker: marker });
          const page = await place.client.send(command, { abortSignal });
          for (const { PartNumber: partNumber = 0, Size: bytes = 0, ETag: etag = "", ChecksumSHA256: sha256 = null } of page.Parts ?? [])
            parts.push({ partNumber, bytes, etag, sha256 });
          marker = page.NextPartNumberMarker;
          more = page.IsTruncated ?? false;
        }
      } catch (error) {
        if (error instanceof NoSuchUpload) return null;
        throw error;
      }
      return parts;
    },
    LIST_TIMEOUT,
  );
}

/**
 * Makes the parts one object, where there is none under the key yet. False when there is one, or the store knows no such upload: it was
 * completed or aborted before. An error that comes in the body of an answer 200 counts as one.
 *
 * @throws AppError UNAVAILABLE
 */
export function completeMultipartUpload(
  key: string,
  multipartId: string,
  parts: readonly StoredPart[],
  place = mainPlace,
): Promise<boolean> {
  return callStore(
    place,
    "CompleteMultipartUpload",
    async (options) => {
      const Parts = parts.map(({ partNumber, etag, sha256 }) => ({
        PartNumber: partNumber,
        ETag: etag,
        ChecksumSHA256: sha256 ?? undefined,
      }));
      try {
        await place.client.send(
          new CompleteMultipartUploadCommand({
            Bucket: place.bucket,
            Key: key,
            UploadId: multipartId,
            MultipartUpload: { Parts },
            IfNoneMatch: "*",
          }),
          options,
        );
        return true;
      } catch (error) {
        if (error instanceof NoSuchUpload) return false;
        if (error instanceof S3ServiceException && error.name === "PreconditionFailed") return false;
        throw error;
      }
    },
    COMPLETE_TIMEOUT,
  );
}

/** Forgets a multipart upload and its parts; one that the store does not know is as good. @throws AppError UNAVAILABLE */
export function abortMultipartUpload(key: string, multipartId: string, place = mainPlace): Promise<void> {
  return callStore(place, "AbortMultipartUpload", async (options) => {
    try {
      await place.client.send(new AbortMultipartUploadCommand({ Bucket: place.bucket, Key: key, UploadId: multipartId }), options);
    } catch (error) {
      if (!(error instanceof NoSuchUpload)) throw error;
    }
  });
}

/** Ids of the multipart uploads under one key: those whose id was never written down as well. @throws AppError UNAVAILABLE */
export function listMultipartUploads(key: string, place = mainPlace): Promise<string[]> {
  return callStore(place, "ListMultipartUploads", async (options) => {
    const { Uploads = [] } = await place.client.send(new ListMultipartUploadsCommand({ Bucket: place.bucket, Prefix: key }), options);
    return Uploads.flatMap(({ Key, UploadId }) => (Key === key && UploadId ? [UploadId] : []));
  });
}
