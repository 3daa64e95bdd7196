import "server-only";
import { deleteObject, openBucketToBrowsers } from "../clients/object-store";
import { AppError, fieldError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { fromNow, HOUR } from "../core/clock";
import {
  isMediaFileReferenced,
  lockMediaFile,
  markPurged,
  markReadyAgain,
  markReleased,
  type FileAddress,
  type LedgerRow,
} from "../data/media-file";
import { ensureStorageAccount, findStorageAccount, moveBytes, reserveBytes } from "../data/storage-account";
import { inTransaction, type Db, type TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import type { MemberActor, SystemActor } from "../policies/actor";
import type { MediaKind } from "../schemas/media";
import { recordAudit } from "./audit-service";

/** Opens the storage account of a new organization with the plan's limit. Harmless when there is one. */
export async function openStorageAccount(tx: Db, organizationId: string): Promise<void> {
  await ensureStorageAccount({ organizationId }, BigInt(env.STORAGE_DEFAULT_LIMIT_GB), tx);
}

/**
 * Sets bytes aside for an upload; call it in the transaction that writes the pending file.
 *
 * @throws AppError QUOTA_EXCEEDED
 */
export async function reserveStorage(tx: Db, scope: TenantScope, bytes: bigint): Promise<void> {
  if (await reserveBytes(scope, bytes, tx)) return;
  await openStorageAccount(tx, scope.organizationId);
  if (await reserveBytes(scope, bytes, tx)) return;
  const account = await findStorageAccount(scope, tx);
  const left = account ? account.limitBytes - account.usedBytes - account.reservedBytes : 0n;
  throw new AppError(
    "QUOTA_EXCEEDED",
    `This file has ${formatBytes(bytes)}, and ${formatBytes(left > 0n ? left : 0n)} of this organization's ${formatBytes(account?.limitBytes ?? 0n)} are free. Remove files you no longer need, or ask an owner for more storage.`,
  );
}

/** A reserved file has arrived: its bytes now count as used. */
export async function settleReservation(tx: Db, file: LedgerRow): Promise<void> {
  await moveBytes(file, { reserved: -file.bytes, used: file.bytes }, tx);
}

/**
 * Ends a pending upload: deletes its object, marks the row and gives the reserved bytes back. The caller holds the row's lock. Should
 * the commit fail after the deletion, the row stays pending and expires.
 *
 * @param reason an error code for the ledger
 */
export async function dropReservation(tx: Db, file: LedgerRow, reason: string): Promise<void> {
  await deleteObject(file.fileKey);
  await markPurged(file, file.id, reason, tx);
  await moveBytes(file, { reserved: -file.bytes }, tx);
}

const fieldOfKind: Record<MediaKind, string> = {
  THUMBNAIL: "thumbnailId",
  VIDEO: "videoId",
  ATTACHMENT: "attachmentIds",
  AVATAR: "avatarId",
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
  if (file.state === "READY") return;
  if (file.state === "PENDING") throw fieldError(field, "This upload is not finished yet. Wait for it, then save again.");
  if (file.state !== "RELEASED" || file.due) throw fieldError(field, "This file has been deleted. Upload it again.");
  await markReadyAgain(scope, mediaFileId, tx);
}

/**
 * Lets go of a file that the caller's row no longer refers to. When no other row does either, it becomes a tombstone that can be
 * attached again for STORAGE_UNDO_HOURS, and its purge is enqueued for the end of that time. Unknown and released files are left alone.
 */
export async function releaseFile(tx: Db, actor: MemberActor, mediaFileId: string): Promise<void> {
  await release(tx, { organizationId: actor.organization.id, id: mediaFileId });
}

async function release(tx: Db, { organizationId, id }: FileAddress): Promise<boolean> {
  const file = await lockMediaFile({ organizationId }, id, tx);
  if (file?.state !== "READY" || (await isMediaFileReferenced({ organizationId }, id, tx))) return false;
  const purgeAfter = fromNow(env.STORAGE_UNDO_HOURS * HOUR);
  await markReleased({ organizationId }, id, purgeAfter, tx);
  await enqueue(tx, "storage-purge", { organizationId, mediaFileId: id }, purgeAfter);
  return true;
}

/** Releases a finished file that nothing refers to. False when something does by now. */
export function releaseAbandonedFile({ organizationId, id }: FileAddress): Promise<boolean> {
  return inTransaction((tx) => release(tx, { organizationId, id }));
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
    await deleteObject(file.fileKey);
    await markPurged(scope, mediaFileId, "RELEASED", tx);
    await moveBytes(scope, { used: -file.bytes }, tx);
    const before = { fileKey: file.fileKey, fileName: file.fileName, bytes: Number(file.bytes) };
    await recordAudit(tx, actor, { action: "media.purged", subjectId: mediaFileId, organizationId, before });
    return true;
  });
}

/** Ends a pending upload whose reservation ran out. False when it was completed or ended meanwhile. */
export function expireReservation({ organizationId, id }: FileAddress): Promise<boolean> {
  return inTransaction(async (tx) => {
    const file = await lockMediaFile({ organizationId }, id, tx);
    if (file?.state !== "PENDING" || !file.reservedUntil || file.reservedUntil > new Date()) return false;
    await dropReservation(tx, file, "EXPIRED");
    return true;
  });
}

/** Sets the bucket's CORS rules: every origin, since the upload API decides who gets an address. */
export async function openBucketCors(): Promise<void> {
  await openBucketToBrowsers();
}
