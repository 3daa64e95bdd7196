import "server-only";
import type { StorageClass } from "@aws-sdk/client-s3";
import { bareEtag } from "../clients/bucket";
import { copyObject } from "../clients/bucket-copy";
import { askForRestore, examineObject, restoreHours, type ClassedObject } from "../clients/cold-storage";
import { placeNamed, type StorePlace } from "../clients/store-place";
import { fromNow, HOUR, MINUTE } from "../core/clock";
import type { TierChange, TierRow } from "../data/storage-archive";
import { isFrozenClass, tierWish } from "../policies/media-tier-policy";
import { arrive, TierFailure, whenStill, type TierWork } from "./storage-tier-service";

/** Providers name hours and are often quicker. */
const LOOK_AGAIN = 15 * MINUTE;

const quoted = (etag: string) => `"${etag}"`;

/**
 * The object as the store has it.
 *
 * @throws TierFailure when it is gone, or is not the ledger's; one whose class is another than the ledger's is a copy that we have made
 */
async function examine(file: TierRow, place: StorePlace): Promise<ClassedObject> {
  const seen = await examineObject(file.fileKey, place);
  if (!seen) throw new TierFailure("TIER_OBJECT_GONE", `${file.fileKey}: ${place.name} has no such object`);
  const underWay = file.tier !== "STANDARD" && file.tierChangedAt === null;
  const changed = file.etag !== null && bareEtag(file.etag) !== seen.etag && seen.storageClass === file.storageClass && !underWay;
  if (changed || BigInt(seen.bytes) !== file.bytes) {
    throw new TierFailure("TIER_OTHER_OBJECT", `${file.fileKey}: what ${place.name} has is not what the ledger knows`);
  }
  return seen;
}

/** The row follows what the store has: `storageClass` null is the usual one. */
async function record(work: TierWork, file: TierRow, { etag, storageClass }: Pick<ClassedObject, "etag" | "storageClass">): Promise<void> {
  await whenStill(work, "class", file, async (current, tx) => {
    const arrived = await arrive(tx, work, current, storageClass === null ? "STANDARD" : "ARCHIVED");
    return { ...arrived, etag: quoted(etag), storageClass };
  });
}

const mark = (work: TierWork, file: TierRow, change: TierChange) =>
  whenStill(work, "class", file, () => ({ ...change, tierChangedAt: null }));

/** Copies the object onto itself. Where it was changed meanwhile the next look decides. */
async function copyToClass(work: TierWork, file: TierRow, seen: ClassedObject, storageClass: StorageClass): Promise<void> {
  const source = { key: file.fileKey, etag: seen.etag, bytes: seen.bytes };
  const etag = await copyObject(source, file.fileKey, { storageClass }, placeNamed(file.store));
  if (etag !== null) await record(work, file, { etag, storageClass: storageClass === "STANDARD" ? null : storageClass });
}

async function cool(work: TierWork, file: TierRow, seen: ClassedObject): Promise<void> {
  const { target } = work;
  if (seen.storageClass !== null || target?.kind !== "class") return record(work, file, seen);
  // The row first: a class that can't be read must never be promised to a player.
  await mark(work, file, { tier: "ARCHIVED", storageClass: target.storageClass });
  await copyToClass(work, file, seen, target.storageClass);
}

/** Asks for a frozen object, or sees that it was asked for. @returns when to look again; null when it can be copied now */
async function thaw(work: TierWork, file: TierRow, seen: ClassedObject, storageClass: string): Promise<Date | null> {
  const place = placeNamed(file.store);
  if (seen.restore === "none") await askForRestore(file.fileKey, place);
  const promised = fromNow((await restoreHours(storageClass, place)) * HOUR);
  const asked = seen.restore !== "none" && file.tier === "RESTORING" ? file.restoreReadyAt : null;
  await mark(work, file, { tier: "RESTORING", storageClass, restoreReadyAt: asked ?? promised, stateReason: null });
  return seen.restore === "ready" ? null : fromNow(LOOK_AGAIN);
}

async function warm(work: TierWork, file: TierRow, seen: ClassedObject): Promise<Date | null> {
  if (seen.storageClass === null) {
    await record(work, file, seen);
    return null;
  }
  if (isFrozenClass(seen.storageClass)) {
    const later = await thaw(work, file, seen, seen.storageClass);
    if (later) return later;
  } else await mark(work, file, { storageClass: seen.storageClass });
  await copyToClass(work, file, seen, "STANDARD");
  return null;
}

/**
 * Brings the object's class to what the file's courses want; what the store says it is decides, so that any step may have been lost.
 *
 * @returns when to look again, while the store brings it back; else null
 * @throws TierFailure; AppError UNAVAILABLE
 */
export async function changeClass(work: TierWork, file: TierRow): Promise<Date | null> {
  const seen = await examine(file, placeNamed(file.store));
  const wish = tierWish(file);
  if (wish === "HAND") return warm(work, file, seen);
  if (wish === "COLD") await cool(work, file, seen);
  else await record(work, file, seen);
  return null;
}

/** A file that should be at hand: false when it is; else the row says by now what a copy that was late has made of it. */
export async function foundCold(work: TierWork, file: TierRow): Promise<boolean> {
  const seen = await examineObject(file.fileKey, placeNamed(file.store));
  if (!seen?.storageClass) return false;
  const { storageClass, etag } = seen;
  await whenStill(work, "look", file, () => ({ tier: "ARCHIVED", storageClass, etag: quoted(etag), tierChangedAt: null }));
  return true;
}
