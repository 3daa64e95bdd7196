import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { MediaKind } from "../schemas/media";
import type { Db, TenantScope } from "./transaction";

/** What a view of a file needs; for `select` in other rooms as well. */
export const mediaFileSelect = {
  id: true,
  kind: true,
  fileName: true,
  fileKey: true,
  bytes: true,
  declaredType: true,
  verifiedType: true,
  durationMs: true,
  blurDataUrl: true,
  store: true,
  tier: true,
  storageClass: true,
  derived: { where: { state: "READY" }, orderBy: { width: "asc" }, select: { fileKey: true, store: true, width: true, height: true } },
} satisfies Prisma.MediaFileSelect;

export type MediaFileRow = Prisma.MediaFileGetPayload<{ select: typeof mediaFileSelect }>;

export const ledgerSelect = {
  ...mediaFileSelect,
  organizationId: true,
  state: true,
  reservedUntil: true,
  purgeAfter: true,
  purgedAt: true,
  uploadedById: true,
  multipartId: true,
  partSize: true,
  fingerprint: true,
  lastModified: true,
  destinationHref: true,
  destinationLabel: true,
  createdAt: true,
} satisfies Prisma.MediaFileSelect;

export type LedgerRow = Prisma.MediaFileGetPayload<{ select: typeof ledgerSelect }>;

/**
 * Every relation through which another row holds a file. A file is unreferenced when all of them are empty: a test compares this list
 * with the schema, so that a new foreign key can't be forgotten.
 */
export const mediaReferences = ["thumbnailOf", "videoOf", "attachedTo", "posterOf", "logoOf"] as const;

export const unreferenced = Object.fromEntries(
  mediaReferences.map((relation) => [relation, { none: {} }]),
) satisfies Prisma.MediaFileWhereInput;

export async function insertPendingFile(
  scope: TenantScope,
  file: {
    id: string;
    fileKey: string;
    kind: MediaKind;
    fileName: string;
    declaredType: string;
    bytes: bigint;
    reservedUntil: Date;
    uploadedById: string;
    /** The name of the bucket that the object goes to */
    store: string;
    partSize?: number | null;
    fingerprint?: string | null;
    lastModified?: Date | null;
    destinationHref?: string | undefined;
    destinationLabel?: string | undefined;
  },
  tx: Db,
): Promise<void> {
  await tx.mediaFile.create({ data: { ...scope, ...file }, select: { id: true } });
}

export function findMediaFile({ organizationId }: TenantScope, id: string, client: Db = db): Promise<LedgerRow | null> {
  return client.mediaFile.findFirst({ where: { id, organizationId }, select: ledgerSelect });
}

/**
 * The file, locked until the transaction ends: against its purge, its completion and new foreign keys to it.
 * `due` compares the end of the undo window with the database's clock, which is also the queue's.
 */
export async function lockMediaFile({ organizationId }: TenantScope, id: string, tx: Db): Promise<(LedgerRow & { due: boolean }) | null> {
  const [lock] = await tx.$queryRaw<{ due: boolean }[]>`
    SELECT coalesce("purgeAfter" <= clock_timestamp(), false) AS due FROM "MediaFile"
    WHERE id = ${id} AND "organizationId" = ${organizationId} FOR UPDATE`;
  if (!lock) return null;
  // A second statement, since the first one's snapshot may be older than the lock.
  const row = await findMediaFile({ organizationId }, id, tx);
  return row && { ...row, due: lock.due };
}

/** The pictures that were made of a file, whatever their state. Lock the file before: they share its fate. */
export function listDerivedFiles({ organizationId }: TenantScope, parentId: string, tx: Db): Promise<LedgerRow[]> {
  return tx.mediaFile.findMany({ where: { organizationId, parentId, state: { not: "PURGED" } }, select: ledgerSelect });
}

/** Does any row still hold this file? */
export async function isMediaFileReferenced({ organizationId }: TenantScope, id: string, tx: Db): Promise<boolean> {
  const free = await tx.mediaFile.findFirst({ where: { id, organizationId, ...unreferenced }, select: { id: true } });
  return free === null;
}

export async function markReady(
  { organizationId }: TenantScope,
  id: string,
  found: {
    verifiedType: string;
    etag: string;
    checksum?: string | null;
    durationMs?: number;
    width?: number;
    height?: number;
    blurDataUrl?: string;
  },
  tx: Db,
): Promise<LedgerRow> {
  return tx.mediaFile.update({
    where: { id, organizationId },
    data: { ...found, state: "READY", readyAt: new Date(), reservedUntil: null, multipartId: null },
    select: ledgerSelect,
  });
}

/** Takes a released file back. */
export async function markReadyAgain({ organizationId }: TenantScope, id: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({
    where: { id, organizationId },
    data: { state: "READY", releasedAt: null, purgeAfter: null },
    select: { id: true },
  });
}

/** @param stateReason an error code: why it is gone */
export async function markPurged({ organizationId }: TenantScope, id: string, stateReason: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({
    where: { id, organizationId },
    data: { state: "PURGED", purgedAt: new Date(), reservedUntil: null, multipartId: null, stateReason },
    select: { id: true },
  });
}

export type FileAddress = { id: string; organizationId: string };
export const addressSelect = { id: true, organizationId: true } satisfies Prisma.MediaFileSelect;

/** Reservations of any tenant that ran out, oldest first. */
export function listExpiredReservations(now: Date, take: number): Promise<FileAddress[]> {
  const where = { state: "PENDING", reservedUntil: { lt: now } } satisfies Prisma.MediaFileWhereInput;
  return db.mediaFile.findMany({ where, orderBy: { reservedUntil: "asc" }, take, select: addressSelect });
}

/** Released files of any tenant whose undo window ended before `before`, oldest first. */
export function listOverdueReleases(before: Date, take: number): Promise<FileAddress[]> {
  const where = { state: "RELEASED", purgeAfter: { lt: before } } satisfies Prisma.MediaFileWhereInput;
  return db.mediaFile.findMany({ where, orderBy: { purgeAfter: "asc" }, take, select: addressSelect });
}

/** Finished files of any tenant that were ready before `before` and that no row holds: forms that were left without saving. */
export function listAbandonedFiles(before: Date, take: number): Promise<FileAddress[]> {
  return db.mediaFile.findMany({
    where: { state: "READY", readyAt: { lt: before }, parentId: null, ...unreferenced },
    orderBy: { readyAt: "asc" },
    take,
    select: addressSelect,
  });
}
