import "server-only";
import { createMultipartUpload } from "../clients/multipart-store";
import { learnStoreClock } from "../clients/object-store";
import { mainPlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { newId } from "../core/id";
import { objectKey } from "../core/object-key";
import { planParts } from "../core/part-plan";
import { insertPendingFile } from "../data/media-file";
import { findStorageAccount } from "../data/storage-account";
import { inTransaction } from "../data/transaction";
import { findUnfinishedUpload, updateUploadIntent, type UploadRow } from "../data/upload";
import { env } from "../env";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import type { MediaKind } from "../schemas/media";
import { acceptedLabels, extensionOf, findMediaType, mediaTypesOf, type MediaType } from "../schemas/media-type";
import type { BeginUpload, UploadLimits, UploadTicket } from "../schemas/upload";
import { abandonBeginning, reserveStorage, watchLease } from "./storage-service";
import { firstLease, takeOwnUpload } from "./upload-lease-service";
import { adoptMultipart, assertPartsExist, freshTicket, resumeTicket } from "./upload-part-service";

/** Bytes that one file of a kind may have, whatever the organization's plan. */
export const maxBytesOf: Record<MediaKind, number> = {
  THUMBNAIL: env.UPLOAD_MAX_MB_THUMBNAIL,
  VIDEO: env.UPLOAD_MAX_MB_VIDEO,
  ATTACHMENT: env.UPLOAD_MAX_MB_ATTACHMENT,
  AVATAR: env.UPLOAD_MAX_MB_AVATAR,
  POSTER: env.UPLOAD_MAX_MB_THUMBNAIL,
};

function limitsOf(kind: MediaKind, planBytes: number): UploadLimits {
  const maxBytes = Math.min(maxBytesOf[kind], planBytes);
  const accept = mediaTypesOf[kind].flatMap(({ type, extensions }) => [...extensions.map((extension) => `.${extension}`), type]);
  return { maxBytes, accept, hint: `${acceptedLabels(kind)}, up to ${formatBytes(maxBytes)}` };
}

/**
 * What may be uploaded as each kind, for the page that shows the fields: the kind's own size, or the one of the organization's plan where
 * that is smaller, so that a file which the plan refuses is not even begun.
 */
export async function uploadLimits(actor: MemberActor): Promise<(kind: MediaKind) => UploadLimits> {
  const account = await findStorageAccount({ organizationId: actor.organization.id });
  const planBytes = Number(account?.maxFileBytes ?? Infinity);
  return (kind) => limitsOf(kind, planBytes);
}

function assertAccepted({ kind, fileName, contentType, size }: BeginUpload): MediaType {
  const mediaType = findMediaType(kind, contentType);
  if (!mediaType) {
    const ending = extensionOf(fileName);
    const what = ending ? `Files named .${ending}` : "Files of this type";
    throw new AppError("UNSUPPORTED_TYPE", `${what} are not accepted here. Use ${acceptedLabels(kind)}.`, {
      log: `declared type ${contentType}`,
    });
  }
  if (size > maxBytesOf[kind]) {
    throw new AppError("TOO_LARGE", `This file has ${formatBytes(size)}; at most ${formatBytes(maxBytesOf[kind])} are accepted here.`);
  }
  return mediaType;
}

/** Goes on with the person's unfinished upload of the same file. Null when there is none, or it ended just now. */
async function resumeUpload(actor: MemberActor, input: BeginUpload): Promise<UploadTicket | null> {
  const { kind, contentType: declaredType, size, fingerprint, fileName, destination } = input;
  if (!fingerprint) return null;
  const scope = { organizationId: actor.organization.id, uploadedById: actor.userId };
  const id = await findUnfinishedUpload(scope, { kind, declaredType, bytes: BigInt(size), fingerprint });
  if (!id) return null;
  try {
    const ticket = await resumeTicket(await takeOwnUpload(actor, id), input.parts);
    await updateUploadIntent(scope, id, { fileName, destinationHref: destination?.href, destinationLabel: destination?.label });
    return { ...ticket, fileName };
  } catch (error) {
    if (error instanceof AppError && error.code === "GONE") return null;
    throw error;
  }
}

/**
 * Reserves the bytes and writes the pending file, then begins the multipart upload at the store. A crash between the two leaves a row
 * that the next call for this upload, or the end of its lease, sets right; a store that does not answer leaves no reservation.
 */
async function openUpload(actor: MemberActor, input: BeginUpload, mediaType: MediaType): Promise<UploadRow> {
  const { kind, fileName, contentType: declaredType, size, fingerprint, destination } = input;
  const { id: organizationId, storagePrefix } = actor.organization;
  const scope = { organizationId };
  const id = newId();
  const folder = kind.toLowerCase();
  // Originals are private, also of pictures that everybody may see: they carry what the camera wrote into them.
  const fileKey = objectKey({ storagePrefix, access: "private", folder, id, extension: mediaType.extensions[0] });
  const plan = planParts(size);
  const file = {
    id,
    fileKey,
    store: mainPlace.name,
    kind,
    fileName,
    declaredType,
    bytes: BigInt(size),
    partSize: plan.partCount > 1 ? plan.partSize : null,
    fingerprint: fingerprint ?? null,
    lastModified: input.lastModified === undefined ? null : new Date(input.lastModified),
  };
  const reservedUntil = firstLease(file.partSize);
  await learnStoreClock();
  const intent = { destinationHref: destination?.href, destinationLabel: destination?.label };
  await inTransaction(async (tx) => {
    await reserveStorage(tx, scope, file.bytes);
    await insertPendingFile(scope, { ...file, ...intent, reservedUntil, uploadedById: actor.userId }, tx);
    await watchLease(tx, { organizationId, id }, reservedUntil);
  });
  const row = { ...file, ...scope, state: "PENDING" as const, multipartId: null };
  if (file.partSize === null) return row;
  try {
    return await adoptMultipart(row, await createMultipartUpload(fileKey, { contentType: declaredType }));
  } catch (error) {
    await abandonBeginning({ organizationId, id });
    throw error;
  }
}

/**
 * Begins an upload, or goes on with the person's unfinished one of the same file, and signs the first addresses.
 *
 * @throws AppError FORBIDDEN, UNSUPPORTED_TYPE, TOO_LARGE, QUOTA_EXCEEDED, INVALID_INPUT (parts that the file has not), UNAVAILABLE
 */
export async function beginUpload(actor: MemberActor, input: BeginUpload): Promise<UploadTicket> {
  assertCan(actor, "media.upload");
  const mediaType = assertAccepted(input);
  assertPartsExist(planParts(input.size).partCount, input.parts);
  const resumed = await resumeUpload(actor, input);
  return resumed ?? freshTicket(await openUpload(actor, input, mediaType), input.parts);
}
