import "server-only";
import { completeMultipartUpload, listParts, type StoredPart } from "../clients/multipart-store";
import { deleteObject, findObject, readObject, type StoredObject } from "../clients/object-store";
import { placeNamed } from "../clients/store-place";
import { AppError, notFoundError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { compositeSha256 } from "../core/composite-checksum";
import { inspectFile } from "../core/inspection/inspect-file";
import { refuse, type Inspection } from "../core/inspection/inspection";
import { logger } from "../core/logger";
import { partRange } from "../core/part-plan";
import { findMediaFile, lockMediaFile, markReady, type LedgerRow } from "../data/media-file";
import { ERASING_SECONDS, inTransaction } from "../data/transaction";
import type { UploadRow } from "../data/upload";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { isPictureKind } from "../schemas/media";
import { findMediaType } from "../schemas/media-type";
import type { UploadIdInput } from "../schemas/upload";
import { settleVariants, storeVariants } from "./image-service";
import { eraseFile, settleReservation } from "./storage-service";
import { endedError, giveUpLostUpload, takeOwnUpload } from "./upload-lease-service";
import { planOf } from "./upload-part-service";

/** @throws AppError CONFLICT when a part is missing, or has another length than it should */
function assertComplete(file: UploadRow, parts: readonly StoredPart[]): void {
  const { size, partSize, partCount } = planOf(file);
  const right = parts.filter(({ partNumber, bytes }) => {
    const { start, end } = partRange(size, partSize, partNumber);
    return bytes === end - start;
  });
  if (right.length === partCount && parts.length === partCount) return;
  throw new AppError("CONFLICT", `${right.length} of ${partCount} parts have arrived in storage. They are kept; send the others.`);
}

/** What the parts of an upload are to add up to; null when that is no longer known. */
type Expected = { sha256: string | null };

/**
 * Has the store put the parts together. When it knows no such upload (any more), or has an object already, an earlier call's answer was
 * lost: what the object is says the rest.
 */
async function assemble(file: UploadRow): Promise<Expected> {
  if (!file.multipartId) return { sha256: null };
  const parts = await listParts(file.fileKey, file.multipartId, placeNamed(file.store));
  if (!parts) return { sha256: null };
  assertComplete(file, parts);
  await completeMultipartUpload(file.fileKey, file.multipartId, parts, placeNamed(file.store));
  const sums = parts.flatMap(({ sha256 }) => sha256 ?? []);
  return { sha256: sums.length === parts.length ? compositeSha256(sums) : null };
}

async function inspectObject(file: UploadRow, stored: StoredObject, expected: Expected): Promise<Inspection> {
  const { size } = planOf(file);
  if (stored.bytes !== size) {
    return refuse("SIZE_DIFFERS", `${formatBytes(stored.bytes)} arrived of a file of ${formatBytes(size)}. Upload it again.`);
  }
  if (expected.sha256 && stored.sha256 && stored.sha256 !== expected.sha256) {
    return refuse("CHECKSUM_DIFFERS", "What arrived in storage is not what was sent. Upload it again.");
  }
  const promised = findMediaType(file.kind, file.declaredType);
  if (!promised) return refuse("CONTENT_DIFFERS", "Files of this type are no longer accepted here.");
  const source = {
    size,
    read: (start: number, end: number) => readObject(file.fileKey, { start, end, etag: stored.etag }, placeNamed(file.store)),
  };
  return inspectFile(source, { fileName: file.fileName, type: promised.type, family: promised.family });
}

async function findExisting(file: UploadRow): Promise<LedgerRow> {
  const row = await findMediaFile(file, file.id);
  if (!row) throw notFoundError("This upload");
  return row;
}

/**
 * Has the parts put together, looks at what has arrived and finishes the upload: READY when it is what was promised; deleted, with its
 * bytes given back, when it is not. Asking twice gives the same file. What has not arrived keeps its reservation.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (not all has arrived), GONE (ended before), REJECTED (with what was found), UNAVAILABLE
 */
export async function completeUpload(actor: MemberActor, { mediaFileId }: UploadIdInput): Promise<LedgerRow> {
  assertCan(actor, "media.upload");
  const file = await takeOwnUpload(actor, mediaFileId);
  if (file.state !== "PENDING") return findExisting(file);
  const expected = await assemble(file);
  const stored = await findObject(file.fileKey, placeNamed(file.store));
  if (!stored) {
    if (file.multipartId) return giveUpLostUpload(file);
    throw new AppError("CONFLICT", "The file has not arrived in storage yet. Its place is kept; upload it again.");
  }
  const found = await inspectObject(file, stored, expected);
  const isPicture = found.ok && isPictureKind(file.kind);
  const blurDataUrl = isPicture ? await storeVariants(await findExisting(file)) : undefined;
  const refused = await inTransaction(async (tx) => {
    const current = await lockMediaFile(file, mediaFileId, tx);
    if (!current) throw notFoundError("This upload");
    // Another call was quicker: its verdict stands.
    if (current.state === "READY" || current.state === "RELEASED") return null;
    if (current.state !== "PENDING") {
      // The store may have put it together after the cancellation deleted what was there.
      if (current.state === "PURGED") await deleteObject(current.fileKey, placeNamed(current.store));
      throw endedError(current.state);
    }
    if (!found.ok) {
      await eraseFile(tx, current, found.code);
      return found;
    }
    const { verifiedType, durationMs, width, height } = found;
    const { etag, sha256: checksum } = stored;
    await markReady(file, mediaFileId, { verifiedType, etag, checksum, durationMs, width, height, blurDataUrl }, tx);
    if (isPicture) await settleVariants(tx, current);
    await settleReservation(tx, current);
    return null;
  }, ERASING_SECONDS);
  if (!refused) return findExisting(file);
  logger.info({ mediaFileId, reason: refused.code, declaredType: file.declaredType }, "upload refused");
  throw new AppError("REJECTED", refused.message);
}

/**
 * Gives up an upload that is not finished: what has arrived is deleted and its bytes are given back. A finished or ended one is left as
 * it is, so a late or repeated call changes nothing.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, UNAVAILABLE
 */
export async function cancelUpload(actor: MemberActor, { mediaFileId }: UploadIdInput): Promise<void> {
  assertCan(actor, "media.upload");
  const scope = { organizationId: actor.organization.id };
  await inTransaction(async (tx) => {
    const current = await lockMediaFile(scope, mediaFileId, tx);
    if (current?.uploadedById !== actor.userId) throw notFoundError("This upload");
    if (current.state === "PENDING") await eraseFile(tx, current, "CANCELLED");
  }, ERASING_SECONDS);
}
