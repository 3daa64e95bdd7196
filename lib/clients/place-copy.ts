import "server-only";
import { createHash } from "node:crypto";
import type { StorageClass } from "@aws-sdk/client-s3";
import pLimit from "p-limit";
import { deleteObject, findObject, putObject, readObject, type StoredObject } from "./object-store";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
  type StoredPart,
} from "./multipart-store";
import { bareEtag } from "./bucket";
import type { CopySource } from "./bucket-copy";
import type { StorePlace } from "./store-place";

/** Parts in memory at a time. */
const PARALLEL = 3;
/** A part or a small object on a slow line; milliseconds. */
const PART_TIMEOUT = 120_000;
/** Parts of a large object whose own are not known; bytes. */
const PART_BYTES = 64 * 1024 ** 2;

/** What was read is not what was once uploaded, or what arrived is not what was read. */
export class CopyMismatch extends Error {
  override readonly name = "CopyMismatch";
}

export type CopyTarget = {
  key: string;
  /** Bytes of each part but the last as the object was uploaded; null when it went by one PUT, or that is not known */
  partBytes: number | null;
  /** SHA-256 as the ledger has it: of the whole, base64, or of the parts' sums, `<digest>-<parts>`; null when it was never known */
  checksum: string | null;
  storageClass?: StorageClass;
  /** Told before so many bytes are read: may wait, to keep a rate */
  pace?: (bytes: number) => Promise<void>;
  /** Something else at the target is refused, not deleted: another process may have put it there, and its row by now name it */
  refusesOther?: boolean;
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");

/** The sum of a multipart upload: SHA-256 over the parts' sums. Amazon S3 User Guide, "Checking object integrity", composite checksums. */
function compositeOf(parts: readonly StoredPart[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(Buffer.from(part.sha256 ?? "", "base64"));
  return `${hash.digest("base64")}-${parts.length}`;
}

async function read(from: StorePlace, source: CopySource, start: number, end: number, pace: CopyTarget["pace"]): Promise<Uint8Array> {
  if (end === start) return new Uint8Array();
  await pace?.(end - start);
  const bytes = await readObject(source.key, { start, end, etag: `"${source.etag}"` }, from, PART_TIMEOUT);
  if (bytes.length !== end - start) throw new CopyMismatch(`${source.key}: ${bytes.length} bytes came of ${end - start}`);
  return bytes;
}

/** The upload that an earlier try left, with what of it can be used; else a new one. */
async function openUpload(
  to: StorePlace,
  { key, storageClass }: CopyTarget,
  head: StoredObject,
): Promise<{ id: string; parts: StoredPart[] }> {
  for (const id of await listMultipartUploads(key, to)) {
    const parts = await listParts(key, id, to);
    if (parts?.every((part) => part.sha256 !== null)) return { id, parts };
  }
  return { id: await createMultipartUpload(key, { ...head, storageClass }, to), parts: [] };
}

async function copyParts(from: StorePlace, source: CopySource, to: StorePlace, target: CopyTarget, head: StoredObject): Promise<string> {
  const partBytes = target.partBytes ?? PART_BYTES;
  const { id: multipartId, parts: arrived } = await openUpload(to, target, head);
  const limit = pLimit(PARALLEL);
  const copyPart = async (index: number): Promise<StoredPart> => {
    const start = index * partBytes;
    const end = Math.min(start + partBytes, source.bytes);
    const there = arrived.find(({ partNumber, bytes }) => partNumber === index + 1 && bytes === end - start);
    if (there) return there;
    const body = await read(from, source, start, end, target.pace);
    return uploadPart({ key: target.key, multipartId, partNumber: index + 1, body, sha256: sha256(body) }, to);
  };
  const indexes = Array.from({ length: Math.ceil(source.bytes / partBytes) }, (_, index) => index);
  const parts = await limit.map(indexes, copyPart).catch((error: unknown) => {
    limit.clearQueue();
    throw error;
  });
  const composite = compositeOf(parts);
  if (target.checksum?.includes("-") && target.checksum !== composite) {
    await abortMultipartUpload(target.key, multipartId, to);
    throw new CopyMismatch(`${source.key}: the parts have the sum ${composite}, the ledger knows ${target.checksum}`);
  }
  await completeMultipartUpload(target.key, multipartId, parts, to);
  return composite;
}

async function copyWhole(from: StorePlace, source: CopySource, to: StorePlace, target: CopyTarget, head: StoredObject): Promise<string> {
  const body = await read(from, source, 0, source.bytes, target.pace);
  const sum = sha256(body);
  if (target.checksum && target.checksum !== sum && target.checksum !== compositeOf([{ partNumber: 1, bytes: 0, etag: "", sha256: sum }])) {
    throw new CopyMismatch(`${source.key}: the bytes have the sum ${sum}, the ledger knows ${target.checksum}`);
  }
  const { contentType, cacheControl } = head;
  await putObject(target.key, body, { contentType, cacheControl, sha256: sum, storageClass: target.storageClass }, to, PART_TIMEOUT);
  return sum;
}

/** Is what lies at the target already a copy that an earlier try made? Only the sum that the store verified can tell. */
export function isCopy(there: StoredObject, source: Pick<CopySource, "bytes">, checksum: string | null): boolean {
  return there.bytes === source.bytes && checksum !== null && there.sha256 === checksum;
}

/**
 * Copies an object from one bucket into another through this process, with proof: each part's SHA-256 is made of what was read and
 * verified by the store that takes it, and together they must be the sum that the uploader's browser made. Large objects go in the parts
 * that they were uploaded in; a copy that was killed goes on with the parts that have arrived. At most three parts are in memory.
 *
 * @returns the copy's entity tag without quotes and its sum; null when there is no such object at the source, or it is not that one
 * @throws CopyMismatch when the proof fails: nothing lies at the target then; AppError UNAVAILABLE
 */
export async function copyBetween(
  from: StorePlace,
  source: CopySource,
  to: StorePlace,
  target: CopyTarget,
): Promise<{ etag: string; checksum: string } | null> {
  const head = await findObject(source.key, from);
  if (head?.bytes !== source.bytes || bareEtag(head.etag) !== source.etag) return null;
  const before = await findObject(target.key, to);
  if (before && isCopy(before, source, target.checksum)) return { etag: bareEtag(before.etag), checksum: target.checksum ?? "" };
  if (before && target.refusesOther) throw new CopyMismatch(`${target.key}: something else lies there by now`);
  if (before) await deleteObject(target.key, to);
  const inParts = target.partBytes ? source.bytes > target.partBytes : source.bytes > PART_BYTES;
  const checksum = await (inParts ? copyParts : copyWhole)(from, source, to, target, head);
  const after = await findObject(target.key, to);
  if (after?.bytes !== source.bytes)
    throw new CopyMismatch(`${target.key}: ${after?.bytes ?? "no"} bytes lie there, ${source.bytes} were sent`);
  return { etag: bareEtag(after.etag), checksum };
}
