import "server-only";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NotFound,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "../core/app-error";
import { MINUTE } from "../core/clock";
import { envClient } from "../env-client";
import { S3 } from "../S3Client";

const Bucket = envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;

/** Milliseconds that one call without a large body may take, its retries included. */
const CALL_TIMEOUT = 8_000;

/** `sha256` is what the store verified, base64; null when it kept none. */
export type StoredObject = { bytes: number; etag: string; contentType: string | undefined; sha256: string | null };

/** When the store answered last, by this machine's clock. */
let heardAt = 0;

/** @throws AppError UNAVAILABLE for whatever the store did not answer as it should */
export async function callStore<T>(
  what: string,
  work: (options: { abortSignal: AbortSignal }) => Promise<T>,
  timeout = CALL_TIMEOUT,
): Promise<T> {
  try {
    const answer = await work({ abortSignal: AbortSignal.timeout(timeout) });
    heardAt = Date.now();
    return answer;
  } catch (cause) {
    const code = cause instanceof S3ServiceException ? cause.name : "no answer";
    throw new AppError("UNAVAILABLE", "File storage can't be reached right now. Nothing was lost; try again in a minute.", {
      cause,
      log: `object store: ${what} failed: ${code}`,
      retryAfter: 30,
    });
  }
}

/** What lies under `key`, or null. */
export function findObject(key: string): Promise<StoredObject | null> {
  return callStore("HeadObject", async (options) => {
    try {
      const head = await S3.send(new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: "ENABLED" }), options);
      const { ContentLength: bytes = 0, ETag: etag = "", ContentType: contentType, ChecksumSHA256: sha256 = null } = head;
      return { bytes, etag, contentType, sha256 };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/** Bytes from `start` up to, not including, `end`. With `etag`, only while the object is still that one. */
export function readObject(key: string, range: { start: number; end: number; etag?: string }): Promise<Uint8Array> {
  return callStore("GetObject", async (options) => {
    const Range = `bytes=${range.start}-${range.end - 1}`;
    const answer = await S3.send(new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: range.etag }), options);
    return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  });
}

export function putObject(key: string, body: Uint8Array, headers: { contentType: string; cacheControl?: string }): Promise<void> {
  return callStore("PutObject", async (options) => {
    const { contentType: ContentType, cacheControl: CacheControl } = headers;
    await S3.send(new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType, CacheControl }), options);
  });
}

/** Deletes what lies under `key`; nothing there is as good. */
export function deleteObject(key: string): Promise<void> {
  return callStore("DeleteObject", async (options) => {
    await S3.send(new DeleteObjectCommand({ Bucket, Key: key }), options);
  });
}

export type PresignedPut = { url: string; headers: Record<string, string> };

/**
 * The moment to sign with: the SDK learns from each answer how far this machine's clock is from the store's, and corrects the calls it
 * sends itself; addresses need the same.
 */
function signingDate(): Date {
  return new Date(Date.now() + S3.config.systemClockOffset);
}

/**
 * To be called before addresses are signed without any other call to the store. One that has not answered for a minute, or before this
 * machine's clock was set, is asked for a sign of life: only its answers tell what time it signs by.
 *
 * @throws AppError UNAVAILABLE
 */
export async function learnStoreClock(): Promise<void> {
  if (Math.abs(Date.now() - heardAt) < MINUTE) return;
  await callStore("HeadBucket", async (options) => {
    await S3.send(new HeadBucketCommand({ Bucket }), options);
  });
}

/**
 * How an upload is signed for a browser: `headers` are what the sender must add, and are signed as headers; the length, which the
 * browser sets by itself, is signed with them.
 */
export function uploadSigning(headers: Record<string, string>, expiresInSeconds: number) {
  const names = Object.keys(headers);
  return {
    expiresIn: expiresInSeconds,
    signingDate: signingDate(),
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
export async function presignPut(object: {
  key: string;
  contentType: string;
  bytes: number;
  sha256: string;
  expiresInSeconds: number;
}): Promise<PresignedPut> {
  const { key, contentType, bytes, sha256, expiresInSeconds } = object;
  const command = new PutObjectCommand({
    Bucket,
    Key: key,
    ContentType: contentType,
    ContentLength: bytes,
    ChecksumSHA256: sha256,
    IfNoneMatch: "*",
  });
  const headers = { "content-type": contentType, "if-none-match": "*", "x-amz-checksum-sha256": sha256 };
  return { url: await getSignedUrl(S3, command, uploadSigning(headers, expiresInSeconds)), headers };
}

/** An address that reads one object until it expires, answered with these headers whatever the object was stored with. */
export function presignGet(object: {
  key: string;
  contentType: string;
  contentDisposition: string;
  expiresInSeconds: number;
}): Promise<string> {
  const { key, contentType, contentDisposition, expiresInSeconds } = object;
  const command = new GetObjectCommand({
    Bucket,
    Key: key,
    ResponseContentType: contentType,
    ResponseContentDisposition: contentDisposition,
  });
  return getSignedUrl(S3, command, { expiresIn: expiresInSeconds, signingDate: signingDate() });
}

/** Lets pages of every origin talk to the bucket; who may upload is decided where the addresses are signed. */
export function openBucketToBrowsers(): Promise<void> {
  return callStore("PutBucketCors", async (options) => {
    const rule = {
      AllowedOrigins: ["*"],
      AllowedMethods: ["GET", "HEAD", "PUT", "POST"],
      AllowedHeaders: ["*"],
      ExposeHeaders: ["ETag", "Retry-After"],
      MaxAgeSeconds: 3600,
    };
    await S3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }), options);
  });
}
