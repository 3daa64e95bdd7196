import { envClient } from "../env-client";

/** Where a public object is read, for thumbnails and avatars. Private ones have no such address: lib/services/delivery-service.ts signs one. */
export function constructUrl(fileKey: string): string {
  return `${envClient.NEXT_PUBLIC_S3_PUBLIC_URL}/${fileKey.split("/").map(encodeURIComponent).join("/")}`;
}
