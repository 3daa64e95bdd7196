import { envClient } from "../env-client";

/** The address of a key under the address of its bucket. */
export function objectUrl(base: string, key: string): string {
  return `${base}/${key.split("/").map(encodeURIComponent).join("/")}`;
}

/**
 * Where a public object is read: the variants of thumbnails and logos. Private ones have no such address:
 * lib/services/delivery-service.ts signs one.
 */
export function constructUrl(fileKey: string): string {
  return objectUrl(envClient.NEXT_PUBLIC_S3_PUBLIC_URL, fileKey);
}
