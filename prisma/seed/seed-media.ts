import { readFile } from "node:fs/promises";
import { findObject, putObject } from "@/lib/clients/object-store";
import { inspectFile, type Promised } from "@/lib/core/inspection/inspect-file";
import { objectKey } from "@/lib/core/object-key";
import { markReady, insertPendingFile, findMediaFile } from "@/lib/data/media-file";
import { inTransaction } from "@/lib/data/transaction";
import { isPublicKind, type MediaKind } from "@/lib/schemas/media";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import { reserveStorage, settleReservation } from "@/lib/services/storage-service";
import { seedId } from "./seed-id";

type Target = { id: string; storagePrefix: string };

/**
 * Puts one file of prisma/media into an organization's storage, through the ledger: reserved, examined and settled like an upload.
 * Leaves one that is there alone, and sends the object again when the bucket has lost it.
 *
 * @returns the file's id
 */
export async function seedMedia(organization: Target, kind: MediaKind, name: string, uploadedById: string): Promise<string> {
  const id = seedId(organization.id, "media", kind, name);
  const scope = { organizationId: organization.id };
  const known = await findMediaFile(scope, id);
  const type = mediaTypeOfName(kind, name);
  if (!type) throw new Error(`prisma/media/${name} is no ${kind}`);
  const access = isPublicKind(kind) ? "public" : "private";
  const fileKey = objectKey({
    storagePrefix: organization.storagePrefix,
    access,
    folder: kind.toLowerCase(),
    id,
    extension: type.extensions[0],
  });
  if (known && known.state !== "READY" && known.state !== "PENDING") return id;
  const body = await readFile(new URL(`../media/${name}`, import.meta.url));
  const stored = (await findObject(fileKey)) ?? (await put(fileKey, body, type.type, access));
  if (known?.state === "READY") return id;

  const found = await examine(body, { fileName: name, type: type.type, family: type.family });
  await inTransaction(async (tx) => {
    const bytes = BigInt(body.length);
    if (!known) {
      await reserveStorage(tx, scope, bytes);
      const file = { id, fileKey, kind, fileName: name, declaredType: type.type, bytes, reservedUntil: new Date(), uploadedById };
      await insertPendingFile(scope, file, tx);
    }
    const { verifiedType, durationMs, width, height } = found;
    await settleReservation(tx, await markReady(scope, id, { verifiedType, etag: stored.etag, durationMs, width, height }, tx));
  });
  return id;
}

async function put(key: string, body: Uint8Array, contentType: string, access: string) {
  await putObject(key, body, { contentType, cacheControl: access === "public" ? "public, max-age=31536000, immutable" : undefined });
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
