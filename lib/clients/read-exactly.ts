import "server-only";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { readObject } from "./object-store";
import { mainPlace } from "./store-place";

/** A part on a slow line; milliseconds. */
const PART_TIMEOUT = 120_000;

/** Gone, exchanged, or in a class that is not read at once. */
const unreadable = ["NoSuchKey", "NotFound", "PreconditionFailed", "InvalidObjectState", "InvalidRange"];

/**
 * All bytes from `start` up to `end` of exactly this object.
 *
 * @param source.etag without quotes; null: whatever lies there
 * @returns null when there is no such object (any more), it is not that one, or it can't be read at once
 * @throws AppError UNAVAILABLE
 */
export async function readExactly(
  source: { key: string; etag: string | null },
  range: { start: number; end: number },
  place = mainPlace,
): Promise<Uint8Array | null> {
  const etag = source.etag === null ? {} : { etag: `"${source.etag}"` };
  try {
    const bytes = await readObject(source.key, { ...range, ...etag }, place, PART_TIMEOUT);
    return bytes.length === range.end - range.start ? bytes : null;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof S3ServiceException && unreadable.includes(error.cause.name)) return null;
    throw error;
  }
}
