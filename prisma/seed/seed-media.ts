import { readFile } from "node:fs/promises";
import { findObject, putObject } from "@/lib/clients/object-store";
import { mainPlace } from "@/lib/clients/store-place";
import { inspectFile, type Promised } from "@/lib/core/inspection/inspect-file";
import { objectKey } from "@/lib/core/object-key";
import { findMediaFile, insertPendingFile, markReady, type LedgerRow } from "@/lib/data/media-file";
import { inTransaction } from "@/lib/data/transaction";
import { isPictureKind, type MediaKind } from "@/lib/schemas/media";
import { mediaTypeOfName, type MediaType } from "@/lib/schemas/media-type";
import { restoreVariants, settleVariants, storeVariants } from "@/lib/services/image-service";
import { reserveStorage, settleReservation } from "@/lib/services/storage-service";
import { seedId } from "./seed-id";

type Target = { id: string; storagePrefix: string };

/**
 * Puts one file of prisma/media into an organization's storage, through the ledger: reserved, examined, given its sizes and settled
 * like an upload. Leaves one that is there alone, and makes again what the bucket has lost of it.
 *
 * @returns the file's id
 */
export async function seedMedia(organization: Target, kind: MediaKind, name: string, uploadedById: string): Promise<string> {
  const id = seedId(organization.id, "media", kind, name);
  const scope = { organizationId: organization.id };
  const known = await findMediaFile(scope, id);
  if (known && known.state !== "READY" && known.state !== "PENDING") return id;
  const type = mediaTypeOfName(kind, name);
  if (!type) throw new Error(`prisma/media/${name} is no ${kind}`);
  const body = await readFile(new URL(`../media/${name}`, import.meta.url));
  const file = known ?? (await reserve(organization, { id, kind, name, type, bytes: BigInt(body.length), uploadedById }));
  const stored = (await findObject(file.fileKey)) ?? (await put(file.fileKey, body, type.type));
  if (file.state === "READY") {
    if (isPictureKind(kind) && !(await hasItsSizes(file))) await restoreVariants(file);
    return id;
  }
  const { verifiedType, durationMs, width, height } = await examine(body, { fileName: name, type: type.type, family: type.family });
  const blurDataUrl = isPictureKind(kind) ? await storeVariants(file) : undefined;
  await inTransaction(async (tx) => {
    await markReady(scope, id, { verifiedType, etag: stored.etag, durationMs, width, height, blurDataUrl }, tx);
    await settleVariants(tx, file);
    await settleReservation(tx, file);
  });
  return id;
}

type NewFile = { id: string; kind: MediaKind; name: string; type: MediaType; bytes: bigint; uploadedById: string };

function reserve(
  { id: organizationId, storagePrefix }: Target,
  { id, kind, name, type, bytes, uploadedById }: NewFile,
): Promise<LedgerRow> {
  const scope = { organizationId };
  const extension = type.extensions[0];
  const fileKey = objectKey({ storagePrefix, access: "private", folder: kind.toLowerCase(), id, extension });
  return inTransaction(async (tx) => {
    await reserveStorage(tx, scope, bytes);
    const file = {
      id,
      fileKey,
      kind,
      fileName: name,
      declaredType: type.type,
      bytes,
      reservedUntil: new Date(),
      uploadedById,
      store: mainPlace.name,
    };
    await insertPendingFile(scope, file, tx);
    const row = await findMediaFile(scope, id, tx);
    if (!row) throw new Error(`the ledger lost ${fileKey}`);
    return row;
  });
}

/** False for a thumbnail from before sizes were made, and for one that the bucket has lost some of. */
async function hasItsSizes({ derived }: LedgerRow): Promise<boolean> {
  const objects = await Promise.all(derived.map(({ fileKey }) => findObject(fileKey)));
  return objects.length > 0 && !objects.includes(null);
}

async function put(key: string, body: Uint8Array, contentType: string) {
  await putObject(key, body, { contentType });
  const stored = await findObject(key);
  if (!stored) throw new Error(`the bucket lost ${key}`);
  return stored;
}

async function examine(body: Buffer, promised: Promised) {
  const source = { size: body.length, read: async (start: number, end: number) => new Uint8Array(body.subarray(start, end)) };
  const found = await inspectFile(source, promised);
  if (!found.ok) throw new Error(`prisma/media/${promised.fileName}: ${found.message}`);
  return found;
}
