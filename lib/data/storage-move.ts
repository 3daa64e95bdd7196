import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { MoveCounts, MoveKind } from "../schemas/storage-move";
import { inTransaction, type Db } from "./transaction";

/** Any fixed number: who holds this lock decides which move runs. */
const BEGIN_LOCK = 7_401_523;

const moveSelect = {
  id: true,
  kind: true,
  phase: true,
  dryRun: true,
  source: true,
  target: true,
  state: true,
  counts: true,
  error: true,
  heartbeatAt: true,
  startedAt: true,
  finishedAt: true,
} satisfies Prisma.StorageMoveSelect;

export type MoveRow = Prisma.StorageMoveGetPayload<{ select: typeof moveSelect }>;
export type NewMove = { kind: MoveKind; phase: string; dryRun: boolean; source: string; target: string };

/** Runs `work` alone: every other caller waits until its transaction is over. */
export function whileNoOtherMoveBegins<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BEGIN_LOCK})`;
    return work(tx);
  });
}

export function findRunningMove(tx: Db): Promise<MoveRow | null> {
  return tx.storageMove.findFirst({ where: { state: "RUNNING" }, select: moveSelect });
}

export function insertMove(move: NewMove, tx: Db): Promise<{ id: string }> {
  return tx.storageMove.create({ data: move, select: { id: true } });
}

/** Latest first. */
export function listMoves(take: number): Promise<MoveRow[]> {
  return db.storageMove.findMany({ select: moveSelect, orderBy: { startedAt: "desc" }, take });
}

/** The latest run of a phase in earnest; null when there is none. */
export function findLastMove(move: Omit<NewMove, "dryRun">, client: Db = db): Promise<MoveRow | null> {
  return client.storageMove.findFirst({ where: { ...move, dryRun: false }, select: moveSelect, orderBy: { startedAt: "desc" } });
}

type MoveChange = { counts: MoveCounts; state?: "DONE" | "FAILED"; error?: string | null; finishedAt?: Date };

/** Gives a sign of life with the counts. False when the move is over: another one has taken its place. */
export async function keepMove(id: string, change: MoveChange, client: Db = db): Promise<boolean> {
  const { count } = await client.storageMove.updateMany({
    where: { id, state: "RUNNING" },
    data: { ...change, heartbeatAt: new Date() },
  });
  return count === 1;
}

/** Is the move still under way? Nobody can end it before the caller's transaction is over. */
export async function holdMove(id: string, tx: Db): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "StorageMove" WHERE id = ${id} AND state = 'RUNNING' FOR SHARE`;
  return rows.length === 1;
}

const movingSelect = {
  id: true,
  organizationId: true,
  parentId: true,
  fileKey: true,
  state: true,
  bytes: true,
  etag: true,
  checksum: true,
  partSize: true,
  store: true,
  tier: true,
  readyAt: true,
} satisfies Prisma.MediaFileSelect;

/** A file as a move looks at it. */
export type MovingFile = Prisma.MediaFileGetPayload<{ select: typeof movingSelect }>;

const living = { not: "PURGED" } as const;

/** The next files of any tenant that lie in a bucket, by id. */
export function listFilesInStore(store: string, after: string, take: number): Promise<MovingFile[]> {
  const where = { store, id: { gt: after }, state: living };
  return db.mediaFile.findMany({ where, select: movingSelect, orderBy: { id: "asc" }, take });
}

/** The first key behind all that begin with this prefix, which ends with a slash. */
const endOf = (prefix: string) => `${prefix.slice(0, -1)}0`;

/** The next files of any tenant whose keys begin with a prefix, by key. */
export function listFilesUnder(prefix: string, after: string, take: number): Promise<MovingFile[]> {
  const where = { fileKey: { gt: after || prefix, lt: endOf(prefix) }, state: living };
  return db.mediaFile.findMany({ where, select: movingSelect, orderBy: { fileKey: "asc" }, take });
}

async function sumOf(where: Prisma.MediaFileWhereInput): Promise<{ files: number; bytes: number }> {
  const { _count, _sum } = await db.mediaFile.aggregate({
    where: { ...where, state: living },
    _count: { _all: true },
    _sum: { bytes: true },
  });
  return { files: _count._all, bytes: Number(_sum.bytes ?? 0) };
}

export const sumFilesInStore = (store: string) => sumOf({ store });
export const sumFilesUnder = (prefix: string) => sumOf({ fileKey: { gt: prefix, lt: endOf(prefix) } });

/** What lies in each bucket by the ledger, in one query. */
export async function sumStores(): Promise<{ store: string; files: number; bytes: number }[]> {
  const groups = await db.mediaFile.groupBy({
    by: ["store"],
    where: { state: { in: ["READY", "RELEASED"] } },
    _count: { _all: true },
    _sum: { bytes: true },
  });
  return groups.map(({ store, _count, _sum }) => ({ store, files: _count._all, bytes: Number(_sum.bytes ?? 0) }));
}

/** What was made of a file, whatever its state but PURGED. */
export function listSizesOf(parentId: string, client: Db = db): Promise<MovingFile[]> {
  return client.mediaFile.findMany({ where: { parentId, state: living }, select: movingSelect, orderBy: { id: "asc" } });
}

/**
 * The file as it is now, locked until the transaction ends; what it was made of first, as everybody locks who treats both. Null when it
 * is no more.
 */
export async function lockMovingFile({ id, parentId }: Pick<MovingFile, "id" | "parentId">, tx: Db): Promise<MovingFile | null> {
  if (parentId) await tx.$queryRaw`SELECT 1 FROM "MediaFile" WHERE id = ${parentId} FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "MediaFile" WHERE id = ${id} FOR UPDATE`;
  // A statement of its own, since the first one's snapshot may be older than the lock.
  return tx.mediaFile.findUnique({ where: { id }, select: movingSelect });
}

/** Where a file lies from now on, and what is known of the object there. The caller holds its lock. */
export async function setPlace(
  { organizationId, id }: Pick<MovingFile, "organizationId" | "id">,
  place: { store?: string; fileKey?: string; etag?: string; checksum?: string | null },
  tx: Db,
): Promise<void> {
  await tx.mediaFile.update({ where: { id, organizationId }, data: place, select: { id: true } });
}

/** The rows that have these keys, locked until the transaction ends. */
export function lockKeys(keys: readonly string[], tx: Db): Promise<{ fileKey: string; state: string; store: string }[]> {
  return tx.$queryRaw`
    SELECT "fileKey", state::text AS state, store FROM "MediaFile" WHERE "fileKey" = ANY(${[...keys]}) ORDER BY id FOR UPDATE`;
}

/** Has purged files of a bucket that is being left belong to the other one, so that nothing asks for the old one any more. */
export async function repointPurged(source: string, target: string): Promise<void> {
  await db.mediaFile.updateMany({ where: { store: source, state: "PURGED" }, data: { store: target } });
}

/** Of these keys, those of objects of the trash that were deleted for good, and of archives of exports that are over. */
export async function findEndedKeys(keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const [trash, archives] = await Promise.all([
    db.trashedObject.findMany({ where: { trashKey: { in: [...keys] }, purgedAt: { not: null } }, select: { trashKey: true } }),
    db.storageExport.findMany({ where: { fileKey: { in: [...keys] }, state: { in: ["FAILED", "EXPIRED"] } }, select: { fileKey: true } }),
  ]);
  return new Set([...trash.map(({ trashKey }) => trashKey), ...archives.map(({ fileKey }) => fileKey)]);
}

/** The keys of these files, by id. */
export async function findKeys(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.mediaFile.findMany({ where: { id: { in: [...ids] } }, select: { id: true, fileKey: true } });
  return new Map(rows.map(({ id, fileKey }) => [id, fileKey]));
}

/** Has any file this key, also a purged one? */
export async function isKeyTaken(fileKey: string): Promise<boolean> {
  return (await db.mediaFile.count({ where: { fileKey } })) > 0;
}

/** The organizations to which these prefixes belong. */
export async function findOwnersOf(storagePrefixes: readonly string[]): Promise<string[]> {
  const rows = await db.organization.findMany({ where: { storagePrefix: { in: [...storagePrefixes] } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** The organization whose new files go under exactly this prefix. */
export function findPrefixOwner(storagePrefix: string, client: Db = db) {
  return client.organization.findUnique({ where: { storagePrefix }, select: { id: true } });
}

/** New files of the organization go there from now on. */
export async function setStoragePrefix({ organizationId }: { organizationId: string }, storagePrefix: string, tx: Db): Promise<void> {
  await tx.organization.update({ where: { id: organizationId }, data: { storagePrefix }, select: { id: true } });
}
