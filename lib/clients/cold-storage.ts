import "server-only";
import { HeadObjectCommand, NotFound, RestoreObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { env } from "../env";
import { bareEtag } from "./bucket";
import { callStore } from "./object-store";
import { archivePlace, type StorePlace } from "./store-place";

/** Where cold videos go: into a second bucket, or into a class of the bucket that they are in. */
export type ColdTarget =
  { kind: "place"; place: StorePlace } | { kind: "class"; storageClass: "STANDARD_IA" | "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE" };

function configured(): ColdTarget | null {
  if (archivePlace) return { kind: "place", place: archivePlace };
  return env.S3_ARCHIVE_CLASS ? { kind: "class", storageClass: env.S3_ARCHIVE_CLASS } : null;
}

/** What the settings say; null when no cold storage is set up. */
export const coldTarget = configured();

/** `restore` is of an object that can't be read before: its temporary copy. `etag` is without quotes; `storageClass` null is the usual one. */
export type ClassedObject = { bytes: number; etag: string; storageClass: string | null; restore: "none" | "ongoing" | "ready" };

/** Amazon S3 API Reference, HeadObject: `ongoing-request="true"`, or `"false"` with the copy's end. */
function restoreOf(header: string | undefined): ClassedObject["restore"] {
  if (!header) return "none";
  return header.includes('ongoing-request="true"') ? "ongoing" : "ready";
}

/** An object's class, and where its restore stands, or null when there is none. @throws AppError UNAVAILABLE */
export function examineObject(key: string, place: StorePlace): Promise<ClassedObject | null> {
  return callStore(place, "HeadObject", async (options) => {
    try {
      const head = await place.client.send(new HeadObjectCommand({ Bucket: place.bucket, Key: key }), options);
      const storageClass = head.StorageClass && head.StorageClass !== "STANDARD" ? head.StorageClass : null;
      return { bytes: head.ContentLength ?? 0, etag: bareEtag(head.ETag ?? ""), storageClass, restore: restoreOf(head.Restore) };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  });
}

/** How long the temporary copy stays: long enough for a job that lost its worker, and each day costs. */
const RESTORED_DAYS = 3;

/** Asks for a temporary copy of a frozen object. One that was asked for already is as good. @throws AppError UNAVAILABLE */
export function askForRestore(key: string, place: StorePlace): Promise<void> {
  return callStore(place, "RestoreObject", async (options) => {
    const RestoreRequest = { Days: RESTORED_DAYS, GlacierJobParameters: { Tier: "Standard" as const } };
    try {
      await place.client.send(new RestoreObjectCommand({ Bucket: place.bucket, Key: key, RestoreRequest }), options);
    } catch (error) {
      if (!(error instanceof S3ServiceException && error.name === "RestoreAlreadyInProgress")) throw error;
    }
  });
}

/**
 * Hours after which the provider says that a standard restore is ready. Amazon S3 User Guide, "Understanding archive retrieval options":
 * GLACIER 3 to 5, DEEP_ARCHIVE within 12. Tigris documentation, "Storage tiers": its archive tier about 1.
 */
export async function restoreHours(storageClass: string, place: StorePlace): Promise<number> {
  const endpoint = await place.client.config.endpoint?.();
  if (endpoint?.hostname.includes("tigris")) return 1;
  return storageClass === "DEEP_ARCHIVE" ? 12 : 5;
}
