import "server-only";
import pLimit from "p-limit";
import { BATCH, deleteObjects, headObject, isSameTime } from "../clients/bucket";
import { copyObject } from "../clients/bucket-copy";
import { MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import { settleFindings, type FindingRow } from "../data/storage-finding";
import { lockOwnedKeys } from "../data/storage-sweep";
import { inTransaction } from "../data/transaction";
import {
  announceTrash,
  dropTrash,
  listDueTrash,
  listLeftAnnouncements,
  lockLeavingKeys,
  markTrashPurged,
  settleLateTrash,
  settleTrash,
} from "../data/trashed-object";
import { env } from "../env";
import type { Outcome } from "../schemas/storage-sweep";
import { TRASH } from "./storage-finding-service";

/** Objects that are examined and copied at a time. */
const PARALLEL = 8;
/** Objects of one batch that may fail by themselves; more than these, and it is the store that fails. */
const TOLERATED = 20;
/** Announcements of earlier sweeps that are looked at between two signs of life. */
const FEW = 100;

const trashKeyOf = (sweepId: string, fileKey: string) => `${TRASH}${sweepId}/${fileKey}`;

/**
 * Examines an orphan once more, now, and copies it into the trash. "TRASHED" only when that was done before, by a sweep that was
 * killed; null when it was copied and the original is still to be deleted.
 */
async function putAside(sweepId: string, orphan: FindingRow, cutoff: Date): Promise<Outcome | null> {
  const found = await headObject(orphan.fileKey);
  if (!found) return (await headObject(trashKeyOf(sweepId, orphan.fileKey))) ? "TRASHED" : "GONE";
  if (!isSameTime(found.modifiedAt, orphan.objectModifiedAt) || found.modifiedAt > cutoff || BigInt(found.bytes) !== orphan.bytes)
    return "CHANGED";
  return (await copyObject(found, trashKeyOf(sweepId, orphan.fileKey))) ? null : "CHANGED";
}

type Keeping = {
  /** Younger objects are left alone; by the store's clock */
  cutoff: Date;
  /** Gives a sign of life; throws when this sweep may not go on */
  beat: () => Promise<void>;
};

async function putAllAside(sweepId: string, orphans: readonly FindingRow[], { cutoff, beat }: Keeping): Promise<(Outcome | null)[]> {
  const limit = pLimit(PARALLEL);
  let failed = 0;
  let nextBeat = Date.now() + MINUTE;
  // Large objects take long to copy. Only one of those under way comes here before the next minute.
  const keepAlive = async (): Promise<void> => {
    if (Date.now() < nextBeat) return;
    nextBeat = Date.now() + MINUTE;
    await beat();
  };
  const one = async (orphan: FindingRow): Promise<Outcome | null> => {
    await keepAlive();
    try {
      return await putAside(sweepId, orphan, cutoff);
    } catch (error) {
      failed += 1;
      if (failed > TOLERATED) {
        limit.clearQueue();
        throw error;
      }
      logger.error({ err: error, sweepId, fileKey: orphan.fileKey }, "an orphan can't be put aside");
      return "FAILED";
    }
  };
  return Promise.all(orphans.map((orphan) => limit(() => one(orphan))));
}

/**
 * Puts up to 1,000 orphans aside in steps of which each may be the last: announced, copied, looked up in the ledger, deleted, settled.
 *
 * No transaction is open while the store deletes: a slow store would outlast it, the locks would be gone and the objects as well, with
 * nothing written down. What protects a key meanwhile is its announcement, which stands until somebody knows what became of the original:
 * no file moves to the key and no purged one is made anew under it (the database refuses), nothing of it can be taken back, and new files
 * get keys that nothing ever had. So what has no owner under the locks has none when the store acts, however late.
 *
 * A kill or a lost answer leaves announcements: the same sweep repeats the batch, and finds the copy where the original is gone; when it
 * does not come back, the next sweep settles them.
 *
 * @throws whatever `beat` throws; AppError UNAVAILABLE: nothing is settled then, and the same call may be repeated
 */
export async function trashOrphans(sweepId: string, orphans: readonly FindingRow[], keeping: Keeping): Promise<void> {
  const announcements = orphans.map(({ fileKey, organizationId, bytes }) => {
    return { fileKey, trashKey: trashKeyOf(sweepId, fileKey), organizationId, bytes };
  });
  await announceTrash(sweepId, announcements, env.STORAGE_TRASH_DAYS);
  const examined = await putAllAside(sweepId, orphans, keeping);
  const copied = orphans.filter((_, index) => examined[index] === null).map(({ fileKey }) => fileKey);
  const owned = await inTransaction(async (tx) => {
    await lockLeavingKeys(tx);
    return lockOwnedKeys(copied, tx);
  });
  // Proves that nobody has taken the sweep over, and may have settled these, while this process stood still.
  await keeping.beat();
  const refused = await deleteObjects(copied.filter((key) => !owned.has(key)));
  if (refused.size > 0) logger.error({ sweepId, refused: [...refused] }, "the store did not delete some orphans");
  const outcomes = orphans.map(({ fileKey }, index): Outcome => {
    const before = examined[index];
    if (before) return before;
    if (owned.has(fileKey)) return "KEPT";
    return refused.has(fileKey) ? "FAILED" : "TRASHED";
  });
  const keysThat = (went: boolean) =>
    orphans.filter((_, index) => (outcomes[index] === "TRASHED") === went).map(({ fileKey }) => trashKeyOf(sweepId, fileKey));
  await inTransaction(async (tx) => {
    for (const outcome of new Set(outcomes)) {
      const ids = orphans.filter((_, index) => outcomes[index] === outcome).map(({ id }) => id);
      await settleFindings(ids, outcome, tx);
    }
    await settleTrash(keysThat(true), tx);
    await dropTrash(keysThat(false), tx);
  });
}

/**
 * Settles what sweeps that never came back have announced: an original that is gone lies in the trash and can be taken back from now on,
 * for the whole time, also when sweeps are so far apart that it would be over already. One that is still there is an orphan as before,
 * which this sweep has found by itself; its old copy goes when its time is over.
 *
 * @throws whatever `beat` throws; AppError UNAVAILABLE
 */
export async function settleLeftTrash(sweepId: string, { beat }: Pick<Keeping, "beat">): Promise<void> {
  const limit = pLimit(PARALLEL);
  let after: string | null = null;
  for (let more = true; more;) {
    const left = await listLeftAnnouncements(sweepId, after, FEW);
    const gone = await Promise.all(
      left.map(({ fileKey, trashKey }) =>
        limit(async () => ((await headObject(fileKey)) === null && (await headObject(trashKey)) !== null ? [trashKey] : [])),
      ),
    );
    await settleLateTrash(gone.flat(), env.STORAGE_TRASH_DAYS);
    await beat();
    after = left.at(-1)?.id ?? null;
    more = left.length === FEW;
  }
}

/**
 * Deletes for good what has been in the trash for its time, a thousand in each call. Being due is announcement enough: nobody can take
 * such an object back, so nothing is locked while the store works, and after a kill or a lost answer the same keys are deleted again.
 *
 * @param beat gives a sign of life
 * @returns how many, and how many the store refused
 * @throws whatever `beat` throws; AppError UNAVAILABLE
 */
export async function purgeTrash({ beat }: Pick<Keeping, "beat">): Promise<{ purged: number; failed: number }> {
  const sum = { purged: 0, failed: 0 };
  for (let again = true; again;) {
    await beat();
    const due = await listDueTrash(BATCH);
    const refused = await deleteObjects(due.map(({ trashKey }) => trashKey));
    const gone = due.filter(({ trashKey }) => !refused.has(trashKey));
    await markTrashPurged(gone.map(({ id }) => id));
    sum.purged += gone.length;
    sum.failed += refused.size;
    // With a refusal the same rows would come again.
    again = due.length === BATCH && refused.size === 0;
  }
  return sum;
}
