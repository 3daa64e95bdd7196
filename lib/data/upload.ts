import "server-only";
import { db } from "../db";
import type { MediaKind } from "../schemas/media";
import { ledgerSelect, mediaFileSelect, unreferenced, type LedgerRow } from "./media-file";
import type { Db, TenantScope } from "./transaction";

/** Whose upload: an upload is its uploader's own until it is finished. */
export type UploaderScope = TenantScope & { uploadedById: string };

/** What going on with an upload needs to know. */
export type UploadRow = Pick<
  LedgerRow,
  | "id"
  | "organizationId"
  | "fileKey"
  | "kind"
  | "fileName"
  | "declaredType"
  | "bytes"
  | "state"
  | "multipartId"
  | "partSize"
  | "fingerprint"
  | "lastModified"
  | "store"
>;

/**
 * Moves the lease of an upload under way on, in the one statement that also proves whose it is: of several parts the lease is longer
 * than of one. Null when there is no such upload, or it has ended.
 *
 * @param leases milliseconds from now
 */
export async function renewLease(
  { organizationId, uploadedById }: UploaderScope,
  id: string,
  leases: { whole: number; parts: number },
  client: Db = db,
): Promise<UploadRow | null> {
  const [whole, parts] = [new Date(Date.now() + leases.whole), new Date(Date.now() + leases.parts)];
  const [row] = await client.$queryRaw<UploadRow[]>`
    UPDATE "MediaFile" SET "reservedUntil" = CASE WHEN "partSize" IS NULL THEN ${whole}::timestamptz ELSE ${parts}::timestamptz END, "updatedAt" = now()
    WHERE id = ${id} AND "organizationId" = ${organizationId} AND "uploadedById" = ${uploadedById} AND state = 'PENDING' AND "parentId" IS NULL
    RETURNING id, "organizationId", "fileKey", kind, "fileName", "declaredType", bytes, state, "multipartId", "partSize", fingerprint, "lastModified", store`;
  return row ?? null;
}

/** The person's newest unfinished upload of that very file. */
export async function findUnfinishedUpload(
  { organizationId, uploadedById }: UploaderScope,
  file: { kind: MediaKind; declaredType: string; bytes: bigint; fingerprint: string },
): Promise<string | null> {
  const where = { organizationId, uploadedById, state: "PENDING", parentId: null, ...file } as const;
  const row = await db.mediaFile.findFirst({ where, orderBy: { createdAt: "desc" }, select: { id: true } });
  return row?.id ?? null;
}

/** What the person calls the file, and what it is for, may differ when it is gone on with. */
export async function updateUploadIntent(
  { organizationId }: TenantScope,
  id: string,
  intent: { fileName: string; destinationHref?: string | undefined; destinationLabel?: string | undefined },
): Promise<void> {
  await db.mediaFile.updateMany({ where: { id, organizationId, state: "PENDING" }, data: intent });
}

/** Writes the store's id down, unless there is one or the upload has ended. False then. */
export async function setMultipartId({ organizationId }: TenantScope, id: string, multipartId: string): Promise<boolean> {
  const where = { id, organizationId, state: "PENDING", multipartId: null } as const;
  const { count } = await db.mediaFile.updateMany({ where, data: { multipartId } });
  return count === 1;
}

/** The person's unfinished uploads, the newest first. */
export function listUnfinishedUploads({ organizationId, uploadedById }: UploaderScope, take: number): Promise<LedgerRow[]> {
  const where = { organizationId, uploadedById, state: "PENDING", parentId: null } as const;
  return db.mediaFile.findMany({ where, orderBy: { createdAt: "desc" }, take, select: ledgerSelect });
}

/** The person's finished uploads that no row refers to, the newest first. */
export function listUnusedUploads({ organizationId, uploadedById }: UploaderScope, take: number) {
  return db.mediaFile.findMany({
    where: { organizationId, uploadedById, state: "READY", parentId: null, ...unreferenced },
    orderBy: { readyAt: "desc" },
    take,
    select: { ...mediaFileSelect, destinationHref: true, destinationLabel: true },
  });
}
