import "server-only";
import { findObject, presignPut, readObject, type StoredObject } from "../clients/object-store";
import { AppError, notFoundError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { fromNow, MINUTE } from "../core/clock";
import { newId } from "../core/id";
import { inspectFile } from "../core/inspection/inspect-file";
import { refuse, type Inspection } from "../core/inspection/inspection";
import { logger } from "../core/logger";
import { objectKey } from "../core/object-key";
import { findMediaFile, insertPendingFile, lockMediaFile, markReady, type LedgerRow } from "../data/media-file";
import { inTransaction } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { isPublicKind, type MediaKind } from "../schemas/media";
import { acceptedLabels, extensionOf, findMediaType, mediaTypesOf } from "../schemas/media-type";
import type { BeginUploadInput, FinishUploadInput, UploadLimits, UploadTicket } from "../schemas/upload";
import { dropReservation, reserveStorage, settleReservation } from "./storage-service";

/** Seconds that an upload may take to begin, counted from the ticket. */
const TICKET_SECONDS = 360;
/** A PUT that began in time may go on for longer than its ticket; then it still has to be completed. */
const RESERVATION = 6 * 60 * MINUTE;
/** Public keys are never written twice. */
const FOREVER = "public, max-age=31536000, immutable";

const maxBytesOf: Record<MediaKind, number> = {
  THUMBNAIL: env.UPLOAD_MAX_MB_THUMBNAIL,
  VIDEO: env.UPLOAD_MAX_MB_VIDEO,
  ATTACHMENT: env.UPLOAD_MAX_MB_ATTACHMENT,
  AVATAR: env.UPLOAD_MAX_MB_AVATAR,
};

/** What may be uploaded as this kind, for the page that shows the field. */
export function uploadLimits(kind: MediaKind): UploadLimits {
  const maxBytes = maxBytesOf[kind];
  const accept = mediaTypesOf[kind].flatMap(({ type, extensions }) => [...extensions.map((extension) => `.${extension}`), type]);
  return { maxBytes, accept, hint: `${acceptedLabels(kind)}, up to ${formatBytes(maxBytes)}` };
}

/**
 * Reserves the bytes, writes the pending file and signs the address that takes it.
 *
 * @throws AppError FORBIDDEN, UNSUPPORTED_TYPE, TOO_LARGE, QUOTA_EXCEEDED
 */
export async function beginUpload(actor: MemberActor, input: BeginUploadInput): Promise<UploadTicket> {
  assertCan(actor, "media.upload");
  const { kind, fileName, contentType, size } = input;
  const mediaType = findMediaType(kind, contentType);
  if (!mediaType) {
    const ending = extensionOf(fileName);
    throw new AppError(
      "UNSUPPORTED_TYPE",
      `${ending ? `Files named .${ending}` : "Files of this type"} are not accepted here. Use ${acceptedLabels(kind)}.`,
      {
        log: `declared type ${contentType}`,
      },
    );
  }
  if (size > maxBytesOf[kind]) {
    throw new AppError("TOO_LARGE", `This file has ${formatBytes(size)}; at most ${formatBytes(maxBytesOf[kind])} are accepted here.`);
  }
  const { id: organizationId, storagePrefix } = actor.organization;
  const id = newId();
  const isPublic = isPublicKind(kind);
  const fileKey = objectKey({
    storagePrefix,
    access: isPublic ? "public" : "private",
    folder: kind.toLowerCase(),
    id,
    extension: mediaType.extensions[0],
  });
  const bytes = BigInt(size);
  const reservedUntil = fromNow(RESERVATION);
  await inTransaction(async (tx) => {
    await reserveStorage(tx, { organizationId }, bytes);
    await insertPendingFile(
      { organizationId },
      { id, fileKey, kind, fileName, declaredType: contentType, bytes, reservedUntil, uploadedById: actor.userId },
      tx,
    );
    // A minute late rather than a second early: the app's clock and the database's may differ.
    await enqueue(tx, "upload-expire", { organizationId, mediaFileId: id }, new Date(reservedUntil.getTime() + MINUTE));
  });
  const { url, headers } = await presignPut({
    key: fileKey,
    contentType,
    bytes: size,
    cacheControl: isPublic ? FOREVER : undefined,
    expiresInSeconds: TICKET_SECONDS,
  });
  return { mediaFileId: id, fileKey, url, method: "PUT", headers, expiresAt: fromNow(TICKET_SECONDS * 1000).toISOString() };
}

/** An upload is its uploader's own until it is finished. */
async function findOwnUpload(actor: MemberActor, mediaFileId: string): Promise<LedgerRow> {
  const file = await findMediaFile({ organizationId: actor.organization.id }, mediaFileId);
  if (file?.uploadedById !== actor.userId) throw notFoundError("This upload");
  return file;
}

function endedError(file: LedgerRow): AppError {
  return new AppError("GONE", "This upload was cancelled, refused or given up. Choose the file again.", { log: `state ${file.state}` });
}

async function inspectObject(file: LedgerRow, stored: StoredObject): Promise<Inspection> {
  const size = Number(file.bytes);
  if (stored.bytes !== size) {
    return refuse("SIZE_DIFFERS", `${formatBytes(stored.bytes)} arrived of a file of ${formatBytes(size)}. Upload it again.`);
  }
  const promised = findMediaType(file.kind, file.declaredType);
  if (!promised) return refuse("CONTENT_DIFFERS", "Files of this type are no longer accepted here.");
  const source = { size, read: (start: number, end: number) => readObject(file.fileKey, { start, end, etag: stored.etag }) };
  return inspectFile(source, { fileName: file.fileName, type: promised.type, family: promised.family });
}

/**
 * Looks at what has arrived and finishes the upload: READY when it is what was promised; deleted, with its bytes given back, when it
 * is not. Asking twice gives the same file. An object that has not arrived keeps its reservation.
 *
 * @throws AppError NOT_FOUND, CONFLICT (nothing arrived), GONE (ended before), REJECTED (with what was found), UNAVAILABLE
 */
export async function completeUpload(actor: MemberActor, { mediaFileId }: FinishUploadInput): Promise<LedgerRow> {
  assertCan(actor, "media.upload");
  const file = await findOwnUpload(actor, mediaFileId);
  if (file.state === "READY" || file.state === "RELEASED") return file;
  if (file.state !== "PENDING") throw endedError(file);
  const stored = await findObject(file.fileKey);
  if (!stored) throw new AppError("CONFLICT", "The file has not arrived in storage yet. Its place is kept; upload it again.");
  const found = await inspectObject(file, stored);
  const outcome = await inTransaction(async (tx) => {
    const current = await lockMediaFile(file, mediaFileId, tx);
    if (!current) throw notFoundError("This upload");
    // Another call was quicker: its verdict stands.
    if (current.state === "READY" || current.state === "RELEASED") return current;
    if (current.state !== "PENDING") throw endedError(current);
    if (!found.ok) {
      await dropReservation(tx, current, found.code);
      return found;
    }
    const { verifiedType, durationMs, width, height } = found;
    const ready = await markReady(file, mediaFileId, { verifiedType, etag: stored.etag, durationMs, width, height }, tx);
    await settleReservation(tx, current);
    return ready;
  });
  if (!("ok" in outcome)) return outcome;
  logger.info({ mediaFileId, reason: outcome.code, declaredType: file.declaredType }, "upload refused");
  throw new AppError("REJECTED", outcome.message);
}

/**
 * Gives up an upload that is not finished: its object is deleted and its bytes are given back. A finished or ended one is left as it
 * is, so a late or repeated call changes nothing.
 *
 * @throws AppError NOT_FOUND, UNAVAILABLE
 */
export async function cancelUpload(actor: MemberActor, { mediaFileId }: FinishUploadInput): Promise<void> {
  assertCan(actor, "media.upload");
  const file = await findOwnUpload(actor, mediaFileId);
  await inTransaction(async (tx) => {
    const current = await lockMediaFile(file, mediaFileId, tx);
    if (current?.state === "PENDING") await dropReservation(tx, current, "CANCELLED");
  });
}
