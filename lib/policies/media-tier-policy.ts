/** How readable a file's object is, as the ledger has it. */
export type MediaTier = "STANDARD" | "ARCHIVED" | "RESTORING";

/** Where a file's courses want it: in cold storage, at hand, or, when no lesson uses it, wherever it is. */
export type TierWish = "COLD" | "HAND" | "ANY";

/** Classes whose objects can't be read before they are restored. Amazon S3 User Guide, "Working with archived objects". */
export const FROZEN_CLASSES: readonly string[] = ["GLACIER", "DEEP_ARCHIVE"];

export function isFrozenClass(storageClass: string | null): boolean {
  return storageClass !== null && FROZEN_CLASSES.includes(storageClass);
}

/** May a player have this file now? In a second bucket and in the classes that are read at once, cold files play as others do. */
export function isAtHand({ tier, storageClass }: { tier: MediaTier; storageClass: string | null }): boolean {
  return tier === "STANDARD" || !isFrozenClass(storageClass);
}

/** A course whose videos may be in cold storage. */
export function isCold({ status, mediaColdSince }: { status: string; mediaColdSince: Date | null }): boolean {
  return status === "ARCHIVED" && mediaColdSince !== null;
}

/** Cold only when every lesson that uses the file is of a course that is archived and cold. */
export function tierWish({ lessons, coldLessons }: { lessons: number; coldLessons: number }): TierWish {
  if (lessons === 0) return "ANY";
  return lessons === coldLessons ? "COLD" : "HAND";
}

/** What people are told about one video. */
export type VideoTier = "at-hand" | "leaving" | "cold" | "returning";

/**
 * @param tierChangedAt when the tier was reached; null while the file is on its way
 * @param wanted what its courses want
 */
export function videoTier({ tier, tierChangedAt }: { tier: MediaTier; tierChangedAt: Date | null }, wanted: TierWish): VideoTier {
  if (wanted === "COLD") return tier === "ARCHIVED" && tierChangedAt ? "cold" : "leaving";
  if (tier === "STANDARD") return "at-hand";
  return wanted === "HAND" ? "returning" : "cold";
}

/**
 * One step on a file's way to where its courses want it. Each ends with a change of its row, and can be taken again:
 * begin          say that it is cold before it is, so that nobody counts on it
 * copy-out       main bucket to archive, then have the row name the archive
 * leave-main     delete what is left in the main bucket: it has arrived
 * bring-in       archive to main bucket, then have the row name that one
 * leave-archive  delete what is left in the archive: it is at hand
 * class          look at the object and change its class within its bucket, which may take hours
 * look           it should be at hand: see that no late copy has changed its class
 * clear          it was purged on its way: delete what either bucket has of it
 */
export type TierStep = "none" | "begin" | "copy-out" | "leave-main" | "bring-in" | "leave-archive" | "class" | "look" | "clear";

export type TierFile = {
  state: string;
  tier: MediaTier;
  storageClass: string | null;
  tierChangedAt: Date | null;
  place: "main" | "archive" | "other";
};

function stepToCold({ tier, place }: TierFile, target: "place" | "class" | null): TierStep {
  if (target === null) return tier === "STANDARD" ? "none" : "leave-archive";
  if (target === "class") return "class";
  if (tier !== "STANDARD") return "copy-out";
  // A move to another provider has it: it follows when that is over.
  return place === "main" ? "begin" : "none";
}

/** @param target how files are made cold here; null when no cold storage is set up */
export function nextTierStep(file: TierFile, wish: TierWish, target: "place" | "class" | null): TierStep {
  const { state, tier, storageClass, tierChangedAt, place } = file;
  if (state === "PURGED") return tier === "STANDARD" ? "none" : "clear";
  if (state !== "READY" && state !== "RELEASED") return "none";
  if (place === "archive") {
    if (wish === "HAND") return "bring-in";
    return tierChangedAt ? "none" : "leave-main";
  }
  if (storageClass !== null) return wish !== "HAND" && tier === "ARCHIVED" && tierChangedAt ? "none" : "class";
  if (wish === "COLD") return stepToCold(file, target);
  if (tier !== "STANDARD") return "leave-archive";
  return target === "class" ? "look" : "none";
}
