import "server-only";
import { DeleteObjectsCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, NotFound } from "@aws-sdk/client-s3";
import { callStore } from "./object-store";
import { mainPlace } from "./store-place";

/** Keys in one page of a listing, and in one DeleteObjects. Amazon S3 API Reference: "up to 1,000". */
export const BATCH = 1000;
/** What one DeleteObjects may take: a thousand keys are work for a store. Milliseconds. */
const DELETE_TIMEOUT = 60_000;

/** `etag` without its quotes, `modifiedAt` by the store's clock. */
export type ListedObject = { key: string; bytes: number; etag: string; modifiedAt: Date };

/** The main bucket's name, by which a person names it. */
export const bucketName = mainPlace.bucket;

/** An entity tag as the ledger and listings can be compared by: without quotes. */
export function bareEtag(etag: string): string {
  return etag.replaceAll('"', "");
}

/** Are these the times of one object? Listings may tell milliseconds, the headers of one object only seconds. */
export function isSameTime(one: Date, other: Date | null): boolean {
  return other !== null && Math.abs(one.getTime() - other.getTime()) < 1000;
}

/**
 * The time by the store's clock, which stamps its objects: the SDK learns from answers how far it is from this machine's. Ask for
 * something before.
 */
export function storeNow(place = mainPlace): Date {
  return new Date(Date.now() + place.client.config.systemClockOffset);
}

/** Up to 1,000 objects behind the key `after`, in the order of their keys' bytes. @throws AppError UNAVAILABLE */
export function listObjects(after: string | null, place = mainPlace): Promise<{ objects: ListedObject[]; more: boolean }> {
  return callStore(place, "ListObjectsV2", async (options) => {
    const command = new ListObjectsV2Command({ Bucket: place.bucket, StartAfter: after ?? undefined, MaxKeys: BATCH });
    const { Contents = [], IsTruncated = false } = await place.client.send(command, options);
    const objects = Contents.map(({ Key, Size = 0, ETag = "", LastModified }) => {
      // A listing that leaves these out is not to be judged by.
      if (!Key || !LastModified) throw new Error("the store listed an object without its key or time");
      return { key: Key, bytes: Size, etag: bareEtag(ETag), modifiedAt: LastModified };
    });
    if (IsTruncated && objects.length === 0) throw new Error("the store promised more objects and listed none");
    return { objects, more: IsTruncated };
  });
}

/** What lies under the key now, or null. @throws AppError UNAVAILABLE */
export function headObject(key: string, place = mainPlace): Promise<ListedObject | null> {
  return callStore(place, "HeadObject", async (options) => {
    try {
      const {
        ContentLength = 0,
        ETag = "",
        LastModified,
      } = await place.client.send(new HeadObjectCommand({ Bucket: place.bucket, Key: key }), options);
      if (!LastModified) throw new Error("the store did not say when the object was made");
      return { key, bytes: ContentLength, etag: bareEtag(ETag), modifiedAt: LastModified };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/**
 * Deletes up to 1,000 objects in one call. Keys that hold nothing are as good as deleted.
 *
 * @returns the keys that the store did not delete, each with its error code
 * @throws AppError UNAVAILABLE
 */
export function deleteObjects(keys: readonly string[], place = mainPlace): Promise<Map<string, string>> {
  const work = async (options: { abortSignal: AbortSignal }) => {
    if (keys.length === 0) return new Map<string, string>();
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await place.client.send(new DeleteObjectsCommand({ Bucket: place.bucket, Delete }), options);
    return new Map(Errors.map(({ Key = "", Code = "unknown" }) => [Key, Code]));
  };
  return callStore(place, "DeleteObjects", work, DELETE_TIMEOUT);
}

export type BegunUpload = { key: string; multipartId: string; begunAt: Date };
export type UploadMarker = { key: string; multipartId: string };

/** Up to 1,000 multipart uploads under way behind `after`, in the order of their keys. @throws AppError UNAVAILABLE */
export function listBegunUploads(
  after: UploadMarker | null,
  place = mainPlace,
): Promise<{ uploads: BegunUpload[]; next: UploadMarker | null }> {
  return callStore(place, "ListMultipartUploads", async (options) => {
    const command = new ListMultipartUploadsCommand({
      Bucket: place.bucket,
      KeyMarker: after?.key,
      UploadIdMarker: after?.multipartId,
      MaxUploads: BATCH,
    });
    const { Uploads = [], IsTruncated, NextKeyMarker, NextUploadIdMarker } = await place.client.send(command, options);
    const uploads = Uploads.map(({ Key, UploadId, Initiated }) => {
      if (!Key || !UploadId || !Initiated) throw new Error("the store listed an upload without its key, id or time");
      return { key: Key, multipartId: UploadId, begunAt: Initiated };
    });
    const next = IsTruncated && NextKeyMarker && NextUploadIdMarker ? { key: NextKeyMarker, multipartId: NextUploadIdMarker } : null;
    return { uploads, next };
  });
}
