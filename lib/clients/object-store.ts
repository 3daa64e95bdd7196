import "server-only";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
  type StorageClass,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "../core/app-error";
import { MINUTE } from "../core/clock";
import { mainPlace, type StorePlace } from "./store-place";

/** Milliseconds that one call without a large body may take, its retries included. */
const CALL_TIMEOUT = 8_000;

/** `sha256` is what the store verified, base64; null when it kept none. */
export type StoredObject = {
  bytes: number;
  etag: string;
  contentType: string | undefined;
  cacheControl: string | undefined;
  sha256: string | null;
};

/** When each store answered last, by this machine's clock. */
const heardAt = new Map<StorePlace, number>();

/** @throws AppError UNAVAILABLE for whatever the store did not answer as it should */
export async function callStore<T>(
  place: StorePlace,
  what: string,
  work: (options: { abortSignal: AbortSignal }) => Promise<T>,
  timeout = CALL_TIMEOUT,
): Promise<T> {
  try {
    const answer = await work({ abortSignal: AbortSignal.timeout(timeout) });
    heardAt.set(place, Date.now());
    return answer;
  } catch (cause) {
    const code = cause instanceof S3ServiceException ? cause.name : "no answer";
    throw new AppError("UNAVAILABLE", "File storage can't be reached right now. Nothing was lost; try again in a minute.", {
      cause,
      log: `object store ${place.name}: ${what} failed: ${code}`,
      retryAfter: 30,
    });
  }
}

/** What lies under `key`, or null. */
export function findObject(key: string, place = mainPlace): Promise<StoredObject | null> {
  return callStore(place, "HeadObject", async (options) => {
    try {
      const command = new HeadObjectCommand({ Bucket: place.bucket, Key: key, ChecksumMode: "ENABLED" });
      const head = await place.client.send(command, options);
      const { ContentLength: bytes = 0, ETag: etag = "", ChecksumSHA256: sha256 = null } = head;
      return { bytes, etag, contentType: head.ContentType, cacheControl: head.CacheControl, sha256 };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/** Bytes from `start` up to, not including, `end`. With `etag`, only while the object is still that one. */
export function readObject(
  key: string,
  range: { start: number; end: number; etag?: string },
  place = mainPlace,
  timeout = CALL_TIMEOUT,
): Promise<Uint8Array> {
  const work = async (options: { abortSignal: AbortSignal }) => {
    const Range = `bytes=${range.start}-${range.end - 1}`;
    const command = new GetObjectCommand({ Bucket: place.bucket, Key: key, Range, IfMatch: range.etag });
    const { Body } = await place.client.send(command, options);
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  return callStore(place, "GetObject", work, timeout);
}

/** @param headers.sha256 base64: the store refuses a body that has another */
export function putObject(
  key: string,
  body: Uint8Array,
  headers: { contentType: string | undefined; cacheControl?: string | undefined; sha256?: string; storageClass?: StorageClass | undefined },
  place = mainPlace,
  timeout = CALL_TIMEOUT,
): Promise<void> {
  const { contentType: ContentType, cacheControl: CacheControl, sha256: ChecksumSHA256, storageClass: StorageClass } = headers;
  const object = { Bucket: place.bucket, Key: key, Body: body, ContentType, CacheControl, ChecksumSHA256, StorageClass };
  const work = async (options: { abortSignal: AbortSignal }) => {
    await place.client.send(new PutObjectCommand(object), options);
  };
  return callStore(place, "PutObject", work, timeout);
}

/** Deletes what lies under `key`; nothing there is as good. */
export function deleteObject(key: string, place = mainPlace): Promise<void> {
  return callStore(place, "DeleteObject", async (options) => {
    await place.client.send(new DeleteObjectCommand({ Bucket: place.bucket, Key: key }), options);
  });
}

export type PresignedPut = { url: string; headers: Record<string, string> };

/**
 * The moment to sign with: the SDK learns from each answer how far this machine's clock is from the store's, and corrects the calls it
 * sends itself; addresses need the same.
 */
function signingDate({ client }: StorePlace): Date {
  return new Date(Date.now() + client.config.systemClockOffset);
}

/**
 * To be called before addresses are signed without any other call to the store. One that has not answered for a minute, or before this
 * machine's clock was set, is asked for a sign of life: only its answers tell what time it signs by.
 *
 * @throws AppError UNAVAILABLE
 */
export async function learnStoreClock(place = mainPlace): Promise<void> {
  if (Math.abs(Date.now() - (heardAt.get(place) ?? 0)) < MINUTE) return;
  await callStore(place, "HeadBucket", async (options) => {
    await place.client.send(new HeadBucketCommand({ Bucket: place.bucket }), options);
  });
}

/**
 * How an upload is signed for a browser: `headers` are what the sender must add, and are signed as headers; the length, which the
 * browser sets by itself, is signed with them.
 */
export function uploadSigning(headers: Record<string, string>, expiresInSeconds: number, place = mainPlace) {
  const names = Object.keys(headers);
  return {
    expiresIn: expiresInSeconds,
    signingDate: signingDate(place),
    signableHeaders: new Set([...names, "host", "content-length"]),
    unhoistableHeaders: new Set(names),
  };
}

/**
 * An address that takes one PUT of exactly this key, type, length and content, once: If-None-Match makes the store refuse to
 * overwrite, so an object can't be exchanged after it was examined.
 *
 * @param object.sha256 base64
 */
export async function presignPut(
  object: { key: string; contentType: string; bytes: number; sha256: string; expiresInSeconds: number },
  place = mainPlace,
): Promise<PresignedPut> {
  const { key, contentType, bytes, sha256, expiresInSeconds } = object;
  const command = new PutObjectCommand({
    Bucket: place.bucket,
    Key: key,
    ContentType: contentType,
    ContentLength: bytes,
    ChecksumSHA256: sha256,
    IfNoneMatch: "*",
  });
  const headers = { "content-type": contentType, "if-none-match": "*", "x-amz-checksum-sha256": sha256 };
  return { url: await getSignedUrl(place.client, command, uploadSigning(headers, expiresInSeconds, place)), headers };
}

/** An address that reads one object until it expires, answered with these headers whatever the object was stored with. */
export function presignGet(
  object: { key: string; contentType: string; contentDisposition: string; expiresInSeconds: number },
  place = mainPlace,
): Promise<string> {
  const { key, contentType, contentDisposition, expiresInSeconds } = object;
  const command = new GetObjectCommand({
    Bucket: place.bucket,
    Key: key,
    ResponseContentType: contentType,
    ResponseContentDisposition: contentDisposition,
  });
  return getSignedUrl(place.client, command, { expiresIn: expiresInSeconds, signingDate: signingDate(place) });
}
