import { dueAfterDays } from "./lifecycle-rules.ts";
import type { StoredObject } from "./index/records.ts";
import { S3Error } from "./s3-error.ts";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Hours until a restore is ready, at the latest that
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html names. Only these classes must be restored.
 */
const RETRIEVAL_HOURS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Expedited: 5 / 60, Standard: 5, Bulk: 12 },
  DEEP_ARCHIVE: { Standard: 12, Bulk: 48 },
};

/** A temporary copy of a frozen object, which can be read from `readyAt` until `expiresAt`. Milliseconds since the epoch. */
export interface Restore {
  readonly readyAt: number;
  readonly expiresAt: number;
}

/** Where the object's restore stands; one that has expired is none. */
export function restoreState({ restore }: StoredObject, now: number): "none" | "ongoing" | "ready" {
  if (!restore || now >= restore.expiresAt) return "none";
  return now < restore.readyAt ? "ongoing" : "ready";
}

/** Must objects of this class be restored before they are read? */
export function isFrozenClass(storageClass: string): boolean {
  return storageClass in RETRIEVAL_HOURS;
}

/**
 * When a restore that is asked for now is ready and ends; one that is ready stays so, and only its end moves.
 * @throws S3Error InvalidArgument for a tier that the class does not have.
 */
export function planRestore(object: StoredObject, tier: string, days: number, now: number): Restore {
  const hours = RETRIEVAL_HOURS[object.storageClass]?.[tier];
  if (hours === undefined) {
    throw new S3Error("InvalidArgument", `The retrieval tier ${tier} is not supported by the class ${object.storageClass}.`);
  }
  const readyAt = restoreState(object, now) === "ready" ? now : now + hours * HOUR_MS;
  return { readyAt, expiresAt: dueAfterDays(readyAt, days) };
}

/** @throws S3Error InvalidObjectState unless the object's bytes can be read now. */
export function requireReadable(object: StoredObject, now: number): void {
  if (!isFrozenClass(object.storageClass) || restoreState(object, now) === "ready") return;
  throw new S3Error("InvalidObjectState", "The operation is not valid for the object's storage class", {
    details: { StorageClass: object.storageClass },
  });
}

/** The x-amz-restore header of an object that is, or was, being restored. */
export function restoreHeader(object: StoredObject, now: number): string | undefined {
  const state = restoreState(object, now);
  if (state === "none" || !object.restore) return undefined;
  if (state === "ongoing") return 'ongoing-request="true"';
  return `ongoing-request="false", expiry-date="${new Date(object.restore.expiresAt).toUTCString()}"`;
}
