import "server-only";
import { abortMultipartUpload, listMultipartUploads } from "../clients/multipart-store";
import { deleteObject } from "../clients/object-store";
import { archivePlace, mainPlace, placeNamed, type StorePlace } from "../clients/store-place";
import { AppError, fieldError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { HOUR, MINUTE } from "../core/clock";
import {
  isMediaFileReferenced,
  listDerivedFiles,
  lockMediaFile,
  markPurged,
  markReadyAgain,
  type FileAddress,
  type LedgerRow,
} from "../data/media-file";
import { ensureStorageAccount, findStorageAccount, moveBytes, reserveBytes, type PlanLimits } from "../data/storage-account";
import { countFiles } from "../data/storage-usage";
import { assertHolding, ERASING_SECONDS, inTransaction, type Db, type TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import type { MemberActor, SystemActor } from "../policies/actor";
import type { MediaKind } from "../schemas/media";
import { recordAudit } from "./audit-service";
import { expectReplica, giveUpReplica } from "./replica-due-service";
import { watchStorageLevel } from "./storage-warning-service";

/** Opens the storage account of a new organization with the plan's limit. Harmless when there is one. */
export async function openStorageAccount(tx: Db, organizationId: string): Promise<void> {
  await ensureStorageAccount({ organizationId }, BigInt(env.STORAGE_DEFAULT_LIMIT_GB), tx);
}

/**
 * Sets bytes aside for a new file; call it in the transaction that writes the pending row.
 *
 * @throws AppError QUOTA_EXCEEDED (bytes or number of files), TOO_LARGE for the organization's plan
 */
export async function reserveStorage(tx: Db, scope: TenantScope, bytes: bigint): Promise<void> {
  const { maxFileBytes, maxFiles } = await reserveDerived(tx, scope, bytes);
  if (maxFileBytes !== null && bytes > maxFileBytes) {
    throw new AppError(
      "TOO_LARGE",
      `This file has ${formatBytes(bytes)}; this organization's plan takes files of up to ${formatBytes(maxFileBytes)}.`,
    );
  }
  if (maxFiles !== null && (await countFiles(scope, tx)) >= maxFiles) {
    throw new AppError(
      "QUOTA_EXCEEDED",
      `This organization has as many files as its plan takes, ${maxFiles}. Remove files you no longer need, or ask an owner for a larger plan.`,
    );
  }
}

/** Sets bytes aside for what is made of a file; no plan counts that as files. @throws AppError QUOTA_EXCEEDED */
export async function reserveDerived(tx: Db, scope: TenantScope, bytes: bigint): Promise<PlanLimits> {
  const reserved = await reserveBytes(scope, bytes, tx);
  if (reserved) return reserved;
  await openStorageAccount(tx, scope.organizationId);
  const second = await reserveBytes(scope, bytes, tx);
  if (second) return second;
  const account = await findStorageAccount(scope, tx);
  const left = account ? account.limitBytes - account.usedBytes - account.reservedBytes : 0n;
  throw new AppError(
    "QUOTA_EXCEEDED",
    `This file has ${formatBytes(bytes)}, and ${formatBytes(left > 0n ? left : 0n)} of this organization's ${formatBytes(account?.limitBytes ?? 0n)} are free. Remove files you no longer need, or ask an owner for more storage.`,
  );
}

/** A reserved file has arrived, and its row is READY: its bytes now count as used. */
export async function settleReservation(tx: Db, file: LedgerRow): Promise<void> {
  await moveBytes(file, { reserved: -file.bytes, used: file.bytes }, tx);
  await expectReplica(tx, file, { id: file.id });
  await watchStorageLevel(tx, file);
}

/** Has looked after an upload whose lease is over by then. A minute late: the app's clock and the database's may differ. */
export async function watchLease(tx: Db, { organizationId, id }: FileAddress, reservedUntil: Date): Promise<void> {
  await enqueue(tx, "upload-expire", { organizationId, mediaFileId: id }, new Date(reservedUntil.getTime() + MINUTE));
}

/** Ends what the store has begun under a file's key: also what a call began whose answer was lost, so that no row names it. */
async function abortMultipartUploads({ fileKey, partSize, multipartId }: LedgerRow, place: StorePlace): Promise<void> {
  if (partSize === null) return;
  const begun = new Set(await listMultipartUploads(fileKey, place));
  if (multipartId) begun.add(multipartId);
  for (const id of begun) await abortMultipartUpload(fileKey, id, place);
}

/** Where a file's objects may lie: of a video on its way to the archive or back, in both buckets. */
function placesOf({ store, tier }: LedgerRow): StorePlace[] {
  const own = placeNamed(store);
  return tier === "STANDARD" || !archivePlace ? [own] : [...new Set([own, mainPlace, archivePlace])];
}

/** Deletes what is stored of one file. Its multipart uploads first: after that nothing can become an object any more. */
async function eraseObject(tx: Db, file: LedgerRow): Promise<void> {
  for (const place of placesOf(file)) {
    await abortMultipartUploads(file, place);
    await assertHolding(tx);
    await deleteObject(file.fileKey, place);
  }
}

/**
 * Deletes a file (an upload that ended, or a released one) with the pictures that were made of it, marks the rows and gives the bytes
 * back. The caller holds the file's lock. Should the commit fail after the deletion, the rows stay as they were and are found again.
 *
 * @param reason an error code for the ledger
 */
export async function eraseFile(tx: Db, file: LedgerRow, reason: string): Promise<void> {
  const scope = { organizationId: file.organizationId };
  const by = { used: 0n, reserved: 0n };
  const members = [...(await listDerivedFiles(scope, file.id, tx)), file];
  for (const member of members) {
    await eraseObject(tx, member);
    await markPurged(scope, member.id, reason, tx);
    // A missing one gave its bytes back when it was found missing.
    if (member.state !== "MISSING") by[member.state === "PENDING" ? "reserved" : "used"] -= member.bytes;
  }
  await giveUpReplica(tx, members);
  await moveBytes(scope, by, tx);
  await watchStorageLevel(tx, scope);
}

const fieldOfKind: Record<MediaKind, string> = {
  THUMBNAIL: "thumbnailId",
  VIDEO: "videoId",
  ATTACHMENT: "attachmentIds",
  AVATAR: "logoId",
  POSTER: "posterId",
};

/**
 * Checks, in the caller's transaction, that a row may refer to this file: of this tenant and kind, and finished. A file that was
 * released is taken back while its undo window lasts. The row's lock makes a purge wait for the caller's commit, or the caller for the
 * purge's: a purged file is never referred to.
 *
 * @throws AppError INVALID_INPUT at the kind's field
 */
export async function attachFile(tx: Db, actor: MemberActor, mediaFileId: string, kind: MediaKind): Promise<void> {
  const scope = { organizationId: actor.organization.id };
  const file = await lockMediaFile(scope, mediaFileId, tx);
  const field = fieldOfKind[kind];
  if (file?.kind !== kind) throw fieldError(field, "This file is not among this organization's files. Upload it again.");
  // It may be on its way into cold storage, or there: the lesson that it is attached to may want it at hand.
  if (file.tier !== "STANDARD") await enqueue(tx, "storage-tier", { organizationId: file.organizationId, mediaFileId });
  if (file.state === "READY") return;
  if (file.state === "PENDING") throw fieldError(field, "This upload is not finished yet. Wait for it, then save again.");
  if (file.state !== "RELEASED" || file.due) throw fieldError(field, "This file has been deleted. Upload it again.");
  await markReadyAgain(scope, mediaFileId, tx);
}

/**
 * Deletes a released file whose undo window is over, and gives its bytes back. Looks again at the state, the time and every reference
 * under the row's lock, so that running twice, or after the file was taken back, changes nothing.
 *
 * @returns whether it was purged now
 * @throws AppError UNAVAILABLE when the object can't be deleted; nothing is changed then
 */
export function purgeFile(
  actor: SystemActor,
  { organizationId, mediaFileId }: { organizationId: string; mediaFileId: string },
): Promise<boolean> {
  const scope = { organizationId };
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(scope, mediaFileId, tx);
    if (file?.state !== "RELEASED" || !file.due) return false;
    if (await isMediaFileReferenced(scope, mediaFileId, tx)) {
      await markReadyAgain(scope, mediaFileId, tx);
      return false;
    }
    await eraseFile(tx, file, "RELEASED");
    const before = { fileKey: file.fileKey, fileName: file.fileName, bytes: Number(file.bytes) };
    await recordAudit(tx, actor, { action: "media.purged", subjectId: mediaFileId, organizationId, before });
    return true;
  }, ERASING_SECONDS);
}

/** Ends a pending upload whose reservation ran out. False when it was completed or ended meanwhile. */
export function expireReservation({ organizationId, id }: FileAddress): Promise<boolean> {
  return inTransaction(async (tx) => {
    const file = await lockMediaFile({ organizationId }, id, tx);
    if (file?.state !== "PENDING" || !file.reservedUntil || file.reservedUntil > new Date()) return false;
    await eraseFile(tx, file, "EXPIRED");
    return true;
  }, ERASING_SECONDS);
}

/** An address that was given just before the end is good for six minutes, and a PUT that began with it takes its time. */
const LAST_PUT = HOUR;

/**
 * Looks at an upload when its lease should be over: ends it, or comes back later when the lease was moved on. One that has ended is
 * erased once more, and again when no PUT can be on its way any more; of a finished one the object alone stays.
 */
export function lookAfterUpload(address: FileAddress): Promise<void> {
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(address, address.id, tx);
    if (file?.state === "PURGED") {
      await eraseObject(tx, file);
      const quiet = new Date((file.purgedAt?.getTime() ?? 0) + LAST_PUT);
      if (quiet > new Date()) await watchLease(tx, address, quiet);
    }
    if (file?.state === "READY" || file?.state === "RELEASED") await abortMultipartUploads(file, placeNamed(file.store));
    if (file?.state !== "PENDING" || !file.reservedUntil) return;
    if (file.reservedUntil > new Date()) await watchLease(tx, address, file.reservedUntil);
    else await eraseFile(tx, file, "EXPIRED");
  }, ERASING_SECONDS);
}

/**
 * Ends an upload that the store did not take on, without asking the store: it may be out of reach. What it began nevertheless goes when
 * the upload is looked after.
 */
export function abandonBeginning(address: FileAddress): Promise<void> {
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(address, address.id, tx);
    if (file?.state !== "PENDING") return;
    await markPurged(file, file.id, "NOT_BEGUN", tx);
    await moveBytes(file, { reserved: -file.bytes }, tx);
  });
}
