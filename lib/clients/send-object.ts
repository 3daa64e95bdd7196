import "server-only";
import { createHash } from "node:crypto";
import type { LimitFunction } from "p-limit";
import { compositeSha256 } from "../core/composite-checksum";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
  type StoredPart,
} from "./multipart-store";
import { deleteObject, findObject, putObject, type StoredObject } from "./object-store";
import { mainPlace, type StorePlace } from "./store-place";

/** A part or a small object on a slow line; milliseconds. */
const PART_TIMEOUT = 120_000;

/** What was read is not what the object is to be. Nothing lies under its key. */
export class WrongContent extends Error {
  override readonly name = "WrongContent";
}

export type ObjectToSend = {
  key: string;
  bytes: number;
  contentType: string;
  /** Bytes of each part but the last; null: by one PUT */
  partBytes: number | null;
  /** SHA-256, base64, or the composite of the parts' sums, which the content must have; null when it is not known */
  checksum: string | null;
};

export type Sending = {
  /** The content from `start` up to, not including, `end`. The same every time, also after a kill. */
  read: (start: number, end: number) => Promise<Uint8Array>;
  /** How many parts are in memory at a time, of all objects that share it */
  limit: LimitFunction;
  /** Asked before each part: when it is false, the rest is left for another call */
  mayGoOn: () => boolean;
  /** Told how many bytes have arrived, after each part. What it throws ends the sending. */
  onProgress?: (bytes: number) => Promise<void>;
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");

async function sendWhole(object: ObjectToSend, { read, limit }: Sending, place: StorePlace): Promise<string> {
  const body = await limit(() => read(0, object.bytes));
  const sum = sha256(body);
  if (object.checksum !== null && object.checksum !== sum && object.checksum !== compositeSha256([sum])) {
    throw new WrongContent(`${object.key}: the content has the sum ${sum}, expected was ${object.checksum}`);
  }
  await putObject(object.key, body, { contentType: object.contentType, sha256: sum }, place, PART_TIMEOUT);
  return sum;
}

/** The upload that an earlier call left, with the parts that arrived; else a new one. */
async function openUpload({ key, contentType }: ObjectToSend, place: StorePlace): Promise<{ id: string; parts: StoredPart[] }> {
  for (const id of await listMultipartUploads(key, place)) {
    const parts = await listParts(key, id, place);
    if (parts?.every((part) => part.sha256 !== null)) return { id, parts };
    await abortMultipartUpload(key, id, place);
  }
  return { id: await createMultipartUpload(key, { contentType }, place), parts: [] };
}

async function sendParts(object: ObjectToSend, partBytes: number, sending: Sending, place: StorePlace): Promise<string | null> {
  const { key, bytes } = object;
  const { id: multipartId, parts: arrived } = await openUpload(object, place);
  let done = 0;
  let failed = false;
  const sendPart = async (index: number): Promise<StoredPart | null> => {
    const start = index * partBytes;
    const end = Math.min(start + partBytes, bytes);
    const partNumber = index + 1;
    let part = arrived.find((each) => each.partNumber === partNumber && each.bytes === end - start) ?? null;
    if (!part) {
      if (failed || !sending.mayGoOn()) return null;
      const body = await sending.read(start, end);
      part = await uploadPart({ key, multipartId, partNumber, body, sha256: sha256(body) }, place);
    }
    done += end - start;
    await sending.onProgress?.(done);
    return part;
  };
  const count = Math.ceil(bytes / partBytes);
  const attempt = async (index: number): Promise<StoredPart | null> => {
    try {
      return await sendPart(index);
    } catch (error) {
      // The parts behind it would fail as well.
      failed = true;
      throw error;
    }
  };
  // All of them, also when one fails: none may arrive after the caller has been told.
  const sent = await Promise.allSettled(Array.from({ length: count }, (_, index) => sending.limit(attempt, index)));
  const failure = sent.find((each) => each.status === "rejected");
  if (failure) throw failure.reason;
  const parts = sent.flatMap((each) => (each.status === "fulfilled" && each.value ? [each.value] : []));
  if (parts.length < count) return null;
  const composite = compositeSha256(parts.map((part) => part.sha256 ?? ""));
  if (object.checksum?.includes("-") && object.checksum !== composite) {
    await abortMultipartUpload(key, multipartId, place);
    throw new WrongContent(`${key}: the parts have the sum ${composite}, expected was ${object.checksum}`);
  }
  await completeMultipartUpload(key, multipartId, parts, place);
  return composite;
}

/** Is what lies under the key what an earlier call has sent? Its sum, where the store tells one, was compared before it was made. */
function isSent(there: StoredObject, { bytes, checksum }: ObjectToSend): boolean {
  return there.bytes === bytes && (checksum === null || there.sha256 === null || there.sha256 === checksum);
}

/**
 * Makes an object from content that is read piece by piece, with proof: the store verifies the SHA-256 of each part,
 * and together they must be the object's. A call that was killed, or paused, is gone on with by the next one, with the parts that have
 * arrived.
 *
 * @returns its entity tag as the store tells it, and its sum; null when `mayGoOn` ended it before
 * @throws WrongContent; whatever `read` and `onProgress` throw; AppError UNAVAILABLE
 */
export async function sendObject(
  object: ObjectToSend,
  sending: Sending,
  place = mainPlace,
): Promise<{ etag: string; checksum: string | null } | null> {
  const before = await findObject(object.key, place);
  const isThere = before !== null && isSent(before, object);
  if (before && !isThere) await deleteObject(object.key, place);
  const inParts = object.partBytes !== null && object.bytes > object.partBytes;
  const send = () => (inParts ? sendParts(object, object.partBytes ?? object.bytes, sending, place) : sendWhole(object, sending, place));
  const checksum = isThere ? (object.checksum ?? before.sha256) : await send();
  if (checksum === null && !isThere) return null;
  const after = isThere ? before : await findObject(object.key, place);
  if (after?.bytes !== object.bytes) {
    throw new WrongContent(`${object.key}: ${after ? `${after.bytes} bytes lie there` : "nothing lies there"}`);
  }
  await sending.onProgress?.(object.bytes);
  return { etag: after.etag, checksum };
}
