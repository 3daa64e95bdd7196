import "server-only";
import pLimit from "p-limit";
import { BATCH, deleteObjects, headObject } from "../clients/bucket";
import { copyObject } from "../clients/bucket-copy";
import { AppError, notFoundError } from "../core/app-error";
import { DAY, fromNow, MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import { settleFindings, type FindingRow } from "../data/storage-finding";
import { lockOwnedKeys } from "../data/storage-sweep";
import { inTransaction } from "../data/transaction";
import {
  dropTrash,
  findRestorable,
  insertTrash,
  listRestorable,
  lockDueTrash,
  markRestored,
  markTrashPurged,
} from "../data/trashed-object";
import { env } from "../env";
import type { PlatformActor } from "../policies/actor";
import type { Outcome, TrashView } from "../schemas/storage-sweep";
import { recordAudit } from "./audit-service";
import { TRASH } from "./storage-finding-service";

/** Objects that are examined and copied at a time. */
const PARALLEL = 8;
/** Objects of one batch that may fail by themselves; more than these, and it is the store that fails. */
const TOLERATED = 20;

const trashKeyOf = (sweepId: string, fileKey: string) => `${TRASH}${sweepId}/${fileKey}`;

/**
 * Examines an orphan once more, now, and copies it into the trash. "TRASHED" only when that was done before, by a sweep that was
 * killed; null when it was copied and the original is still to be deleted.
 */
async function putAside(sweepId: string, orphan: FindingRow, cutoff: Date): Promise<Outcome | null> {
  const found = await headObject(orphan.fileKey);
  if (!found) return (await headObject(trashKeyOf(sweepId, orphan.fileKey))) ? "TRASHED" : "GONE";
  // Listings may tell milliseconds, the headers of one object only seconds.
  const moved = Math.abs(found.modifiedAt.getTime() - (orphan.objectModifiedAt?.getTime() ?? 0)) >= 1000;
  if (moved || found.modifiedAt > cutoff || BigInt(found.bytes) !== orphan.bytes) return "CHANGED";
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
 * Puts up to 1,000 orphans aside: announced in the database, copied, and only then deleted, in one call. Right before that, under the
 * locks of the ledger's rows, those that belong to a file by now are left where they are; every key's own result is written down.
 *
 * @throws whatever `beat` throws; AppError UNAVAILABLE: nothing is written down then, and the same call may be repeated
 */
export async function trashOrphans(sweepId: string, orphans: readonly FindingRow[], keeping: Keeping): Promise<void> {
  const purgeAfter = fromNow(env.STORAGE_TRASH_DAYS * DAY);
  await insertTrash(
    orphans.map(({ fileKey, organizationId, bytes }) => {
      return { fileKey, trashKey: trashKeyOf(sweepId, fileKey), organizationId, bytes, purgeAfter };
    }),
  );
  const examined = await putAllAside(sweepId, orphans, keeping);
  await keeping.beat();
  await inTransaction(async (tx) => {
    const copied = orphans.filter((_, index) => examined[index] === null).map(({ fileKey }) => fileKey);
    const owned = await lockOwnedKeys(copied, tx);
    const refused = await deleteObjects(copied.filter((key) => !owned.has(key)));
    const outcomes = orphans.map(({ fileKey }, index): Outcome => {
      const before = examined[index];
      if (before) return before;
      if (owned.has(fileKey)) return "KEPT";
      return refused.has(fileKey) ? "FAILED" : "TRASHED";
    });
    for (const outcome of new Set(outcomes)) {
      const ids = orphans.filter((_, index) => outcomes[index] === outcome).map(({ id }) => id);
      await settleFindings(ids, outcome, tx);
    }
    const stayed = orphans.filter((_, index) => outcomes[index] !== "TRASHED").map(({ fileKey }) => trashKeyOf(sweepId, fileKey));
    await dropTrash(stayed, tx);
    if (refused.size > 0) logger.error({ sweepId, refused: [...refused] }, "the store did not delete some orphans");
  });
}

/** Deletes for good what has been in the trash for its time, a thousand in each call. @returns how many, and how many the store refused */
export async function purgeTrash(): Promise<{ purged: number; failed: number }> {
  const sum = { purged: 0, failed: 0 };
  for (let again = true; again;) {
    again = await inTransaction(async (tx) => {
      const due = await lockDueTrash(BATCH, tx);
      const refused = await deleteObjects(due.map(({ trashKey }) => trashKey));
      const gone = due.filter(({ trashKey }) => !refused.has(trashKey));
      await markTrashPurged(
        gone.map(({ id }) => id),
        tx,
      );
      sum.purged += gone.length;
      sum.failed += refused.size;
      // With a refusal the same rows would come again.
      return due.length === BATCH && refused.size === 0;
    });
  }
  return sum;
}

/** The latest 100 objects that can still be taken back. */
export async function listTrash(_actor: PlatformActor): Promise<TrashView[]> {
  const rows = await listRestorable(100);
  return rows.map(({ id, fileKey, bytes, trashedAt, purgeAfter }) => ({ id, fileKey, bytes: Number(bytes), trashedAt, purgeAfter }));
}

/**
 * Puts an object of the trash back where it was; the copy in the trash goes with the next purge. It is as old as this moment then, so
 * that a sweep leaves it alone for the whole grace.
 *
 * @throws AppError NOT_FOUND when it can't be taken back any more, CONFLICT when another object lies there, UNAVAILABLE
 */
export async function restoreTrashedObject(actor: PlatformActor, input: { trashedObjectId: string }): Promise<{ fileKey: string }> {
  const row = await findRestorable(input.trashedObjectId);
  const copy = row && (await headObject(row.trashKey));
  if (!copy) throw notFoundError("This object");
  const { fileKey } = row;
  const there = await headObject(fileKey);
  // One of the very same size is what an earlier try has copied, whose answer came too late.
  if (there && there.bytes !== copy.bytes) throw new AppError("CONFLICT", "Another object lies in that place by now. Remove it first.");
  // Before the transaction: a large object takes longer to copy than one may last.
  if (!there && !(await copyObject(copy, fileKey))) throw notFoundError("This object");
  await inTransaction(async (tx) => {
    if (!(await markRestored(row.id, tx))) return;
    const subject = { subjectId: row.id, organizationId: row.organizationId ?? undefined };
    await recordAudit(tx, actor, { action: "storage.restored", ...subject, after: { fileKey, bytes: Number(row.bytes) } });
  });
  return { fileKey };
}
