import "server-only";
import { deleteObject, putObject, readObject } from "../clients/object-store";
import { mainPlace, placeNamed } from "../clients/store-place";
import { variantKey } from "../core/object-key";
import { makeVariants } from "../core/picture-variants";
import { listDerivedFiles, lockMediaFile, type LedgerRow } from "../data/media-file";
import { markVariantsReady, putPendingVariant, setBlurDataUrl, type VariantRow } from "../data/media-variant";
import { moveBytes } from "../data/storage-account";
import { assertHolding, ERASING_SECONDS, inTransaction, type Db } from "../data/transaction";
import { isPictureKind, isPublicKind, type MediaKind } from "../schemas/media";
import { expectReplica } from "./replica-due-service";
import { eraseFile, reserveDerived } from "./storage-service";

/** A key is written again with the same picture only. */
const FOREVER = "public, max-age=31536000, immutable";

/** Logos stand in squares, whole: half a wordmark names nobody. */
const shapeOf = (kind: MediaKind) => (kind === "AVATAR" ? "square" : "whole");

/** What a picture must still be for its sizes to be stored. */
type Stage = "PENDING" | "READY";
type PlannedVariant = VariantRow & { body: Uint8Array };

/** Encodes a picture's sizes in memory, each with the row that it will have. */
async function plan(file: LedgerRow): Promise<{ variants: PlannedVariant[]; blurDataUrl: string }> {
  const original = await readObject(file.fileKey, { start: 0, end: Number(file.bytes) }, placeNamed(file.store));
  const { variants, blurDataUrl } = await makeVariants(original, shapeOf(file.kind));
  const access = isPublicKind(file.kind) ? "public" : "private";
  const stem = file.fileName.replace(/\.[^.]*$/, "");
  const planned = variants.map(({ width, height, bytes: body }) => ({
    fileKey: variantKey(file.fileKey, { access, width }),
    store: mainPlace.name,
    kind: file.kind,
    fileName: `${stem}-${width}.webp`,
    bytes: BigInt(body.length),
    width,
    height,
    body,
  }));
  return { variants: planned, blurDataUrl };
}

/**
 * Writes the rows with their bytes reserved, in place of whatever an earlier try left. False when the picture is in another state by
 * now: then nothing is to be stored.
 */
function reserveVariants(file: LedgerRow, stage: Stage, variants: readonly PlannedVariant[]): Promise<boolean> {
  return inTransaction(async (tx) => {
    const parent = await lockMediaFile(file, file.id, tx);
    // With another key by now, its sizes belong elsewhere.
    if (parent?.state !== stage || parent.fileKey !== file.fileKey) return false;
    for (const old of await listDerivedFiles(file, file.id, tx)) {
      if (variants.every(({ fileKey }) => fileKey !== old.fileKey)) await eraseFile(tx, old, "REPLACED");
      else if (old.state !== "MISSING")
        await moveBytes(file, old.state === "PENDING" ? { reserved: -old.bytes } : { used: -old.bytes }, tx);
    }
    await reserveDerived(
      tx,
      file,
      variants.reduce((sum, { bytes }) => sum + bytes, 0n),
    );
    for (const { body: _body, ...row } of variants) await putPendingVariant(file, file.id, row, tx);
    return true;
  }, ERASING_SECONDS);
}

/** Deletes the objects whose rows were ended while they were being sent: who ended them may have come before them to the bucket. */
function dropStrays(file: LedgerRow, variants: readonly PlannedVariant[]): Promise<void> {
  return inTransaction(async (tx) => {
    await lockMediaFile(file, file.id, tx);
    const live = new Set((await listDerivedFiles(file, file.id, tx)).map(({ fileKey }) => fileKey));
    for (const { fileKey } of variants) {
      if (live.has(fileKey)) continue;
      await assertHolding(tx);
      await deleteObject(fileKey);
    }
  }, ERASING_SECONDS);
}

async function store(file: LedgerRow, stage: Stage): Promise<{ blurDataUrl: string; stored: boolean }> {
  const { variants, blurDataUrl } = await plan(file);
  if (!(await reserveVariants(file, stage, variants))) return { blurDataUrl, stored: false };
  const cacheControl = isPublicKind(file.kind) ? FOREVER : undefined;
  const puts = variants.map(({ fileKey, body }) => putObject(fileKey, body, { contentType: "image/webp", cacheControl }));
  // All of them, also when one fails: none may arrive after its row is seen to have ended.
  const failure = (await Promise.allSettled(puts)).find((put) => put.status === "rejected");
  await dropStrays(file, variants);
  if (failure) throw failure.reason;
  return { blurDataUrl, stored: true };
}

/**
 * Makes the sizes of a picture whose upload is being completed, and puts them into storage: rows first, then objects, so that whatever
 * a crash leaves is deleted with the upload. Doing it again replaces what is there. The caller marks the picture READY and calls
 * `settleVariants` in one transaction. An upload that has ended meanwhile gets nothing stored.
 *
 * @param file a PENDING picture whose object was inspected
 * @returns a data URL of a tiny copy
 * @throws AppError QUOTA_EXCEEDED when the sizes don't fit any more, UNAVAILABLE; the upload stays as it was
 */
export async function storeVariants(file: LedgerRow): Promise<string> {
  return (await store(file, "PENDING")).blurDataUrl;
}

/** The picture is READY, and so are its sizes: their bytes now count as used. For the transaction that marks the picture. */
export async function settleVariants(tx: Db, file: LedgerRow): Promise<void> {
  const bytes = await markVariantsReady(file, file.id, tx);
  if (bytes === 0n) return;
  await moveBytes(file, { reserved: -bytes, used: bytes }, tx);
  await expectReplica(tx, file, { parentId: file.id });
}

/**
 * Makes the sizes of a finished picture that has none, or has lost some. False for what is no finished picture by now.
 *
 * @throws AppError QUOTA_EXCEEDED, UNAVAILABLE
 */
export async function restoreVariants(file: LedgerRow): Promise<boolean> {
  if (!isPictureKind(file.kind)) return false;
  const { blurDataUrl, stored } = await store(file, "READY");
  if (!stored) return false;
  return inTransaction(async (tx) => {
    const parent = await lockMediaFile(file, file.id, tx);
    if (parent?.state !== "READY") return false;
    await setBlurDataUrl(file, file.id, blurDataUrl, tx);
    await settleVariants(tx, parent);
    return true;
  });
}
