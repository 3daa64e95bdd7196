import "server-only";
import pLimit from "p-limit";
import { bareEtag } from "../clients/bucket";
import { abortMultipartUpload, listMultipartUploads } from "../clients/multipart-store";
import { deleteObject, findObject } from "../clients/object-store";
import { CopyMismatch, copyBetween, isCopy } from "../clients/place-copy";
import { archivePlace, mainPlace, placeNamed, type StorePlace } from "../clients/store-place";
import { findTierFile, lockTierFile, type TierRow } from "../data/storage-archive";
import { assertHolding, ERASING_SECONDS, inTransaction, type Db } from "../data/transaction";
import type { TierStep } from "../policies/media-tier-policy";
import { arrive, Paused, stepOf, TierFailure, whenStill, type TierWork } from "./storage-tier-service";

/** Three parts of one file are in memory, not of each file that a batch of jobs moves. */
const oneAtATime = pLimit(1);

/** Deletes what a place has of a file. The caller holds the file's lock, and the row names another place. */
async function clearPlace(tx: Db, { fileKey }: Pick<TierRow, "fileKey">, place: StorePlace): Promise<void> {
  for (const id of await listMultipartUploads(fileKey, place)) await abortMultipartUpload(fileKey, id, place);
  await assertHolding(tx);
  await deleteObject(fileKey, place);
}

/**
 * Whoever was quicker has brought the file to rest elsewhere, and looked for copies before this one arrived: it goes, since no row names
 * it. Of a file that is lost meanwhile it stays, as a rescue.
 */
async function dropStray(work: TierWork, { fileKey }: TierRow, to: StorePlace): Promise<void> {
  const { organizationId, mediaFileId } = work.address;
  await inTransaction(async (tx) => {
    const now = await lockTierFile({ organizationId }, mediaFileId, tx);
    if (!now || now.state === "MISSING") return;
    const step = stepOf(now, work);
    const resting = (step === "none" || step === "look") && (now.state === "PURGED" || now.store !== to.name);
    // Under its former key no row names the copy any more.
    if (resting || now.fileKey !== fileKey) await clearPlace(tx, { fileKey }, to);
  }, ERASING_SECONDS);
}

/**
 * Copies a file to the other bucket and then has the row name that one, if the copy is there. Before the row does, nobody depends on
 * what lies there; from then on nobody deletes it but under the row's lock, so that two jobs for one file do no harm.
 *
 * @throws CopyMismatch, Paused; TierFailure when the object is not the ledger's; AppError UNAVAILABLE
 */
async function moveTo(work: TierWork, step: TierStep, file: TierRow, to: StorePlace): Promise<void> {
  const from = placeNamed(file.store);
  const source = { key: file.fileKey, bytes: Number(file.bytes), etag: bareEtag(file.etag ?? "") };
  await whenStill(work, step, file, async (current, tx) => {
    const there = await findObject(source.key, to);
    // On its way from now on: should its courses want it where it is before it arrives, what was copied is looked for.
    const underWay = { tierChangedAt: null };
    if (!there || isCopy(there, source, current.checksum)) return underWay;
    await assertHolding(tx);
    await deleteObject(source.key, to);
    return underWay;
  });
  const pace = async () => {
    if (work.deadline <= new Date()) throw new Paused();
  };
  const target = { key: file.fileKey, partBytes: file.partSize, checksum: file.checksum, pace, refusesOther: true };
  const copy = await oneAtATime(() => copyBetween(from, source, to, target)).catch(async (error: unknown) => {
    // The store may have taken it all the same.
    await dropStray(work, file, to);
    throw error;
  });
  const { organizationId, mediaFileId } = work.address;
  if (!copy) {
    const now = await findTierFile({ organizationId }, mediaFileId);
    // Another job has moved it, or it was purged: what is to be done now is another step.
    if (now?.fileKey !== file.fileKey || stepOf(now, work) !== step) return;
    throw new TierFailure("TIER_OTHER_OBJECT", `${file.fileKey}: what ${from.name} has is not what the ledger knows`);
  }
  await whenStill(work, step, file, async ({ checksum }) => {
    const there = await findObject(source.key, to);
    if (there?.bytes !== source.bytes || bareEtag(there.etag) !== copy.etag) throw new CopyMismatch(`${source.key}: the copy has gone`);
    const tier = to === mainPlace ? "RESTORING" : "ARCHIVED";
    return { store: to.name, etag: there.etag, checksum: checksum ?? copy.checksum, tier, tierChangedAt: null };
  });
  await dropStray(work, file, to);
}

/** Says that a file is cold before it is: from now on whoever uses it asks for it, and its purge looks into both buckets. */
export async function beginMove(work: TierWork, file: TierRow): Promise<void> {
  await whenStill(work, "begin", file, () => ({ tier: "ARCHIVED", tierChangedAt: null }));
}

/** Into the second bucket. */
export async function copyOut(work: TierWork, file: TierRow): Promise<void> {
  if (archivePlace) await moveTo(work, "copy-out", file, archivePlace);
}

/** Out of the second bucket. */
export async function bringIn(work: TierWork, file: TierRow): Promise<void> {
  await moveTo(work, "bring-in", file, mainPlace);
}

/** The file lies in the archive: what the main bucket still has of it goes. */
export async function leaveMain(work: TierWork, file: TierRow): Promise<void> {
  await whenStill(work, "leave-main", file, async (current, tx) => {
    await clearPlace(tx, current, mainPlace);
    return arrive(tx, work, current, "ARCHIVED");
  });
}

/** The file lies in its own bucket: what the archive still has of it goes. */
export async function leaveArchive(work: TierWork, file: TierRow): Promise<void> {
  await whenStill(work, "leave-archive", file, async (current, tx) => {
    if (archivePlace) await clearPlace(tx, current, archivePlace);
    return arrive(tx, work, current, "STANDARD");
  });
}

/** The file was purged on its way: what a copy that was late has left goes as well. */
export async function clearPurged(work: TierWork, file: TierRow): Promise<void> {
  await whenStill(work, "clear", file, async (current, tx) => {
    const places = new Set([placeNamed(current.store), mainPlace, ...(archivePlace ? [archivePlace] : [])]);
    for (const place of places) await clearPlace(tx, current, place);
    return { tier: "STANDARD" };
  });
}
