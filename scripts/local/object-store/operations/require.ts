import { MAX_PAGE } from "../limits.ts";
import type { Context } from "../context.ts";
import type { StoredObject } from "../index/records.ts";
import { S3Error } from "../s3-error.ts";

/** The store's time in whole seconds, as S3 dates its objects, in milliseconds. */
export function nowInSeconds(context: Context): number {
  return Math.floor(context.store.clock.now() / 1000) * 1000;
}

/** @throws S3Error NoSuchBucket. */
export function requireBucket(context: Context, bucket = context.request.bucket): void {
  if (context.store.index.buckets.has(bucket)) return;
  throw new S3Error("NoSuchBucket", "The specified bucket does not exist");
}

/** @throws S3Error NoSuchBucket or NoSuchKey. */
export function requireObject(context: Context, bucket = context.request.bucket, key = context.request.key): StoredObject {
  requireBucket(context, bucket);
  const object = context.store.index.objects.find(bucket, key);
  if (!object) throw new S3Error("NoSuchKey", "The specified key does not exist.");
  return object;
}

/**
 * Reads a page size from the query: at most 1,000 counts, as S3 does, and 1,000 when absent.
 * @throws S3Error InvalidArgument.
 */
export function pageSize(context: Context, name: string): number {
  return Math.min(queryInteger(context, name, MAX_PAGE), MAX_PAGE);
}

/**
 * Reads a whole number of at most 2^31 - 1 from the query.
 * @throws S3Error InvalidArgument.
 */
export function queryInteger(context: Context, name: string, fallback: number): number {
  const text = context.request.query.get(name);
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value < 2 ** 31) return value;
  throw new S3Error("InvalidArgument", `Provided ${name} not an integer or within integer range`, {
    details: { ArgumentName: name, ArgumentValue: text },
  });
}

/** An ISO time as S3's documents write it. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
