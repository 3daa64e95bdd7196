import "server-only";
import { createMultipartUpload, listMultipartUploads, listParts, presignPart, abortMultipartUpload } from "../clients/multipart-store";
import { findObject, learnStoreClock, presignPut } from "../clients/object-store";
import { placeNamed } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { MIN_PART_BYTES, partRange } from "../core/part-plan";
import { findMediaFile } from "../data/media-file";
import { setMultipartId, type UploadRow } from "../data/upload";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import type { ArrivedPart, PartToSign, SignedParts, SignPartsInput, UploadStatusInput, UploadTicket } from "../schemas/upload";
import { endedError, findOwnUpload, giveUpLostUpload, takeOwnUpload } from "./upload-lease-service";

/** Seconds that an address is good for: a PUT that began in time may go on for longer. */
const ADDRESS_SECONDS = 360;

/** How the file is cut; one that goes by one PUT is its own only part. */
export function planOf(file: Pick<UploadRow, "bytes" | "partSize">) {
  const size = Number(file.bytes);
  const partSize = file.partSize ?? MIN_PART_BYTES;
  return { size, partSize, partCount: file.partSize === null ? 1 : Math.ceil(size / partSize) };
}

/** Every part of a file of which storage has the whole. What each held is no longer known, but that of an only part. */
function allParts(file: UploadRow, sha256: string | null): ArrivedPart[] {
  const { size, partSize, partCount } = planOf(file);
  return Array.from({ length: partCount }, (_, index) => {
    const { start, end } = partRange(size, partSize, index + 1);
    return { partNumber: index + 1, bytes: end - start, sha256: partCount === 1 ? sha256 : null };
  });
}

/**
 * Writes the store's id of a multipart upload down. Of two calls that do so at once the first one's stays.
 *
 * @returns the upload with the id that stands
 * @throws AppError GONE when the upload has ended meanwhile
 */
export async function adoptMultipart(file: UploadRow, multipartId: string): Promise<UploadRow> {
  if (await setMultipartId(file, file.id, multipartId)) return { ...file, multipartId };
  const current = await findMediaFile(file, file.id);
  if (current?.multipartId !== multipartId) await abortMultipartUpload(file.fileKey, multipartId, placeNamed(file.store));
  if (!current?.multipartId) throw endedError(current?.state ?? "missing");
  return current;
}

/** The upload with its multipart id; when the call that began it died before it was written down, the store is asked for it. */
async function withMultipart(file: UploadRow): Promise<UploadRow> {
  if (file.state !== "PENDING" || file.partSize === null || file.multipartId) return file;
  const place = placeNamed(file.store);
  const [left] = await listMultipartUploads(file.fileKey, place);
  return adoptMultipart(file, left ?? (await createMultipartUpload(file.fileKey, { contentType: file.declaredType }, place)));
}

/**
 * The parts that storage has. An upload that storage put together although the answer was lost has all of them.
 *
 * @returns null when storage has lost what it had
 * @throws AppError UNAVAILABLE
 */
async function findArrivedParts(file: UploadRow): Promise<ArrivedPart[] | null> {
  if (file.state !== "PENDING") return allParts(file, null);
  const parts = file.multipartId && (await listParts(file.fileKey, file.multipartId, placeNamed(file.store)));
  if (parts) return parts.map(({ partNumber, bytes, sha256 }) => ({ partNumber, bytes, sha256 }));
  const stored = await findObject(file.fileKey, placeNamed(file.store));
  if (stored) return allParts(file, stored.sha256);
  return file.multipartId ? null : [];
}

/** @throws AppError INVALID_INPUT for a part that the file has not */
export function assertPartsExist(partCount: number, parts: readonly PartToSign[]): void {
  const beyond = parts.find(({ partNumber }) => partNumber > partCount);
  if (!beyond) return;
  const has = partCount === 1 ? "1 part" : `${partCount} parts`;
  throw new AppError("INVALID_INPUT", `This file has ${has}; there is no part ${beyond.partNumber}.`);
}

/** Signs the addresses of these parts, in their order. Nothing is asked of the store. @throws AppError INVALID_INPUT for a part that the file has not */
async function presignParts(file: UploadRow, parts: readonly PartToSign[]): Promise<SignedParts> {
  const { size, partSize, partCount } = planOf(file);
  assertPartsExist(partCount, parts);
  const { fileKey: key, declaredType: contentType, multipartId } = file;
  const place = placeNamed(file.store);
  const signed = parts.map(async ({ partNumber, sha256 }) => {
    const { start, end } = partRange(size, partSize, partNumber);
    const object = { key, bytes: end - start, sha256, expiresInSeconds: ADDRESS_SECONDS };
    const put = multipartId ? presignPart({ ...object, multipartId, partNumber }, place) : presignPut({ ...object, contentType }, place);
    return { partNumber, ...(await put) };
  });
  return { signed: await Promise.all(signed), expiresInSeconds: ADDRESS_SECONDS };
}

/**
 * Addresses for parts of an upload under way, and a longer lease for it: one statement and, for parts, no call to a store that was
 * heard of within the last minute. A file that goes by one PUT is looked for first: if it has arrived, although the answer did not, there is nothing to sign.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, GONE, INVALID_INPUT, UNAVAILABLE; CONFLICT when another content of the file has arrived
 */
export async function signParts(actor: MemberActor, { mediaFileId, parts }: SignPartsInput): Promise<SignedParts> {
  assertCan(actor, "media.upload");
  const file = await withMultipart(await takeOwnUpload(actor, mediaFileId));
  const nothing = { signed: [], expiresInSeconds: ADDRESS_SECONDS };
  if (file.state !== "PENDING") return nothing;
  if (file.multipartId) {
    await learnStoreClock(placeNamed(file.store));
    return presignParts(file, parts);
  }
  const stored = await findObject(file.fileKey, placeNamed(file.store));
  if (!stored) return presignParts(file, parts);
  if (stored.sha256 && parts.some(({ sha256 }) => sha256 !== stored.sha256)) {
    throw new AppError("CONFLICT", "Another version of this file has arrived in storage. Cancel this upload and start again.");
  }
  return nothing;
}

/** The ticket of an upload of which nothing has arrived, with addresses of these parts. */
export async function freshTicket(file: UploadRow, parts: readonly PartToSign[]): Promise<UploadTicket> {
  const { id: mediaFileId, fileKey, fileName, fingerprint, lastModified } = file;
  const progress = { mediaFileId, fileKey, fileName, fingerprint, lastModified: lastModified?.getTime() ?? null, ...planOf(file) };
  return { ...progress, arrived: [], ...(await presignParts(file, parts)), resumed: false };
}

/**
 * The ticket of an upload that goes on: what has arrived, with addresses of those of these parts that have not.
 *
 * @throws AppError UNAVAILABLE; GONE when storage has lost what it had, after its bytes were given back
 */
export async function resumeTicket(file: UploadRow, parts: readonly PartToSign[]): Promise<UploadTicket> {
  const live = await withMultipart(file);
  const arrived = (await findArrivedParts(live)) ?? (await giveUpLostUpload(live));
  const numbers = new Set(arrived.map(({ partNumber }) => partNumber));
  const ticket = await freshTicket(
    live,
    parts.filter(({ partNumber }) => !numbers.has(partNumber)),
  );
  return { ...ticket, arrived, resumed: true };
}

/**
 * How far an upload is, so that it can be gone on with from here, or (`peek`) only be shown. Of a finished one everything has arrived:
 * completing it gives the file.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, GONE, UNAVAILABLE
 */
export async function getUploadStatus(actor: MemberActor, { mediaFileId, peek }: UploadStatusInput): Promise<UploadTicket> {
  assertCan(actor, "media.upload");
  if (!peek) return resumeTicket(await takeOwnUpload(actor, mediaFileId), []);
  const file = await findOwnUpload(actor, mediaFileId);
  return { ...(await freshTicket(file, [])), arrived: (await findArrivedParts(file)) ?? [], resumed: true };
}
