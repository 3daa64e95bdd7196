import "server-only";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "../core/app-error";
import { envClient } from "../env-client";
import { S3 } from "../S3Client";

const Bucket = envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;

/** Milliseconds that one call without a large body may take, its retries included. */
const CALL_TIMEOUT = 8_000;

export type StoredObject = { bytes: number; etag: string; contentType: string | undefined };

/** @throws AppError UNAVAILABLE for whatever the store did not answer as it should */
async function call<T>(what: string, work: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  try {
    return await work({ abortSignal: AbortSignal.timeout(CALL_TIMEOUT) });
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
  return call("HeadObject", async (options) => {
    try {
      const head = await S3.send(new HeadObjectCommand({ Bucket, Key: key }), options);
      return { bytes: head.ContentLength ?? 0, etag: head.ETag ?? "", contentType: head.ContentType };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/** Bytes from `start` up to, not including, `end`. With `etag`, only while the object is still that one. */
export function readObject(key: string, range: { start: number; end: number; etag?: string }): Promise<Uint8Array> {
  return call("GetObject", async (options) => {
    const Range = `bytes=${range.start}-${range.end - 1}`;
    const answer = await S3.send(new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: range.etag }), options);
    return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  });
}

export function putObject(key: string, body: Uint8Array, headers: { contentType: string; cacheControl?: string }): Promise<void> {
  return call("PutObject", async (options) => {
    const { contentType: ContentType, cacheControl: CacheControl } = headers;
    await S3.send(new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType, CacheControl }), options);
  });
}

/** Deletes what lies under `key`; nothing there is as good. */
export function deleteObject(key: string): Promise<void> {
  return call("DeleteObject", async (options) => {
    await S3.send(new DeleteObjectCommand({ Bucket, Key: key }), options);
  });
}

export type PresignedPut = { url: string; headers: Record<string, string> };

/**
 * An address that takes one PUT of exactly this key, type and length, once: If-None-Match makes the store refuse to overwrite, so an
 * object can't be exchanged after it was examined. `headers` are what the sender must add; the browser sets the length by itself.
 */
export async function presignPut(object: {
  key: string;
  contentType: string;
  bytes: number;
  cacheControl?: string;
  expiresInSeconds: number;
}): Promise<PresignedPut> {
  const { key, contentType, bytes, cacheControl, expiresInSeconds } = object;
  const command = new PutObjectCommand({
    Bucket,
    Key: key,
    ContentType: contentType,
    ContentLength: bytes,
    CacheControl: cacheControl,
    IfNoneMatch: "*",
  });
  const headers = { "content-type": contentType, "if-none-match": "*", ...(cacheControl ? { "cache-control": cacheControl } : {}) };
  const signed = new Set(Object.keys(headers));
  const url = await getSignedUrl(S3, command, {
    expiresIn: expiresInSeconds,
    signableHeaders: new Set([...signed, "host", "content-length"]),
    unhoistableHeaders: signed,
  });
  return { url, headers };
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
  return getSignedUrl(S3, command, { expiresIn: expiresInSeconds });
}

/** Lets pages of every origin talk to the bucket; who may upload is decided where the addresses are signed. */
export function openBucketToBrowsers(): Promise<void> {
  return call("PutBucketCors", async (options) => {
    const rule = {
      AllowedOrigins: ["*"],
      AllowedMethods: ["GET", "HEAD", "PUT", "POST"],
      AllowedHeaders: ["*"],
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 3600,
    };
    await S3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }), options);
  });
}
