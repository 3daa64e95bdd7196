import "server-only";
import { DAY, fromNow, HOUR } from "../core/clock";
import { logger } from "../core/logger";
import { findMediaFile, listAbandonedFiles, listExpiredReservations, listOverdueReleases, type FileAddress } from "../data/media-file";
import { listOverdueItems } from "../data/deleted-content";
import { listPicturesWithoutSizes, putPictureLast } from "../data/media-variant";
import { inTransaction } from "../data/transaction";
import { enqueueMany } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import { purgeDeletedItem } from "./deleted-content-service";
import { restoreVariants } from "./image-service";
import { releaseAbandonedFile } from "./storage-release-service";
import { expireReservation, purgeFile } from "./storage-service";

/** Things of one kind that one run treats by itself at most; others of them are left to jobs, or to the next run. */
const BATCH = 500;
/** Jobs of one name that one run enqueues at most, such as after a store that was away for longer than jobs are tried again. */
const JOBS = 20_000;
/** Pictures are decoded here: a large one takes seconds. */
const PICTURES = 20;
/** A purge that is this late has lost its job. */
const LATE = HOUR;
/** A form that was left without saving is not saved after this. */
const ABANDONED = DAY;

type Outcome = { done: number; failed: number };

/** Treats each file by itself: one that fails is logged, counted, and found again by the next run. */
async function each(what: string, files: FileAddress[], treat: (file: FileAddress) => Promise<boolean>): Promise<Outcome> {
  const outcome = { done: 0, failed: 0 };
  for (const file of files) {
    try {
      if (await treat(file)) outcome.done += 1;
    } catch (error) {
      outcome.failed += 1;
      logger.error({ err: error, id: file.id, organizationId: file.organizationId }, `storage cleanup: ${what} failed`);
    }
  }
  return outcome;
}

/** Makes the sizes of a picture. Whatever comes of it, others have their turn before it is tried again. */
async function restorePicture({ id, organizationId }: FileAddress): Promise<boolean> {
  await putPictureLast({ organizationId }, id);
  const file = await findMediaFile({ organizationId }, id);
  return file !== null && restoreVariants(file);
}

/**
 * Finishes what a crash or a person left: reservations that ran out, released files whose purge was lost, finished uploads that were
 * never attached, deleted content that can't be restored any more, pictures that lack their sizes. What is too
 * much for one run becomes jobs, so that it need not wait for many runs. Runs of any number of schedulers may overlap.
 */
export async function cleanupStorage(actor: SystemActor): Promise<Record<string, number>> {
  const reservations = await listExpiredReservations(new Date(), BATCH + JOBS);
  const expired = await each("expiry", reservations.slice(0, BATCH), expireReservation);
  const releases = await listOverdueReleases(fromNow(-LATE), BATCH + JOBS);
  const purged = await each("purge", releases.slice(0, BATCH), ({ id, organizationId }) =>
    purgeFile(actor, { organizationId, mediaFileId: id }),
  );
  const abandoned = await each("release", await listAbandonedFiles(fromNow(-ABANDONED), BATCH), releaseAbandonedFile);
  const items = await listOverdueItems(fromNow(-LATE), BATCH + JOBS);
  const forgotten = await each("deleted content", items.slice(0, BATCH), ({ id, organizationId }) =>
    purgeDeletedItem(actor, { organizationId, deletedItemId: id }),
  );
  const asFiles = (rows: FileAddress[]) => rows.slice(BATCH).map(({ id, organizationId }) => ({ organizationId, mediaFileId: id }));
  const rest = { uploads: asFiles(reservations), files: asFiles(releases), items: items.slice(BATCH) };
  await inTransaction(async (tx) => {
    await enqueueMany(tx, "upload-expire", rest.uploads);
    await enqueueMany(tx, "storage-purge", rest.files);
    const payloads = rest.items.map(({ id, organizationId }) => ({ organizationId, deletedItemId: id }));
    await enqueueMany(tx, "deleted-content-purge", payloads);
  });
  const restored = await each("sizes", await listPicturesWithoutSizes(PICTURES), restorePicture);
  return {
    expired: expired.done,
    purged: purged.done,
    released: abandoned.done,
    forgotten: forgotten.done,
    restored: restored.done,
    queued: rest.uploads.length + rest.files.length + rest.items.length,
    failed: expired.failed + purged.failed + abandoned.failed + forgotten.failed + restored.failed,
  };
}
