import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { FindingSum, SweepMode, SweepProgress } from "../schemas/storage-sweep";
import { inTransaction, type Db } from "./transaction";

/** Any fixed number: who holds this lock decides which sweep runs. */
const BEGIN_LOCK = 7_401_522;
/** Of a sweep that nobody works on: it may be taken over at once. */
const UNHELD = new Date(0);

const sweepSelect = {
  id: true,
  mode: true,
  state: true,
  forced: true,
  cursor: true,
  counts: true,
  error: true,
  startedAt: true,
  heartbeatAt: true,
  finishedAt: true,
  startedBy: { select: { name: true, email: true } },
} satisfies Prisma.StorageSweepSelect;

export type SweepRow = Prisma.StorageSweepGetPayload<{ select: typeof sweepSelect }>;

/** Runs `work` alone: every other caller waits until its transaction is over. */
export function whileNoOtherBegins<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BEGIN_LOCK})`;
    return work(tx);
  });
}

export function findRunningSweep(tx: Db): Promise<SweepRow | null> {
  return tx.storageSweep.findFirst({ where: { state: "RUNNING" }, select: sweepSelect });
}

export function findSweep(id: string, client: Db = db): Promise<SweepRow | null> {
  return client.storageSweep.findUnique({ where: { id }, select: sweepSelect });
}

/** Opens a sweep that nobody works on yet. */
export function insertSweep(
  sweep: { mode: SweepMode; forced: boolean; startedById: string | null; counts: SweepProgress },
  tx: Db,
): Promise<SweepRow> {
  return tx.storageSweep.create({ data: { ...sweep, heartbeatAt: UNHELD }, select: sweepSelect });
}

/** Forgets the sweeps from before a moment, with their findings. */
export async function deleteSweeps(before: Date, tx: Db): Promise<void> {
  await tx.storageSweep.deleteMany({ where: { startedAt: { lt: before } } });
}

/** Latest first. */
export function listSweeps(take: number): Promise<SweepRow[]> {
  return db.storageSweep.findMany({ select: sweepSelect, orderBy: { startedAt: "desc" }, take });
}

export type SweepHold = { id: string; heartbeatAt: Date };

/** Takes a sweep whose holder has given no sign of life since `before`. Null when it has, or the sweep is over. */
export async function claimSweep(id: string, before: Date, client: Db = db): Promise<SweepHold | null> {
  const heartbeatAt = new Date();
  const { count } = await client.storageSweep.updateMany({
    where: { id, state: "RUNNING", heartbeatAt: { lt: before } },
    data: { heartbeatAt },
  });
  return count === 1 ? { id, heartbeatAt } : null;
}

type SweepChange = {
  cursor?: string | null;
  counts?: SweepProgress;
  state?: "DONE" | "STOPPED" | "FAILED";
  error?: string;
  finishedAt?: Date;
};

/**
 * Gives a sign of life and writes down where the sweep stands, as long as it is still held: its last sign of life is the proof, so
 * that a holder that was frozen for too long finds itself replaced. Null then.
 */
export async function keepSweep({ id, heartbeatAt }: SweepHold, change: SweepChange, client: Db = db): Promise<SweepHold | null> {
  const next = new Date(Math.max(Date.now(), heartbeatAt.getTime() + 1));
  const { count } = await client.storageSweep.updateMany({
    where: { id, state: "RUNNING", heartbeatAt },
    data: { ...change, heartbeatAt: next },
  });
  return count === 1 ? { id, heartbeatAt: next } : null;
}

/** Lets go of a sweep that is not over, for whoever comes next. */
export async function releaseSweep({ id, heartbeatAt }: SweepHold): Promise<void> {
  await db.storageSweep.updateMany({ where: { id, state: "RUNNING", heartbeatAt }, data: { heartbeatAt: UNHELD } });
}

const ledgerEntrySelect = {
  id: true,
  organizationId: true,
  fileKey: true,
  state: true,
  bytes: true,
  etag: true,
  checksum: true,
  reservedUntil: true,
  store: true,
} satisfies Prisma.MediaFileSelect;

export type LedgerEntry = Prisma.MediaFileGetPayload<{ select: typeof ledgerEntrySelect }>;

/** The next rows of the whole ledger behind a key, in the order of a bucket's listing. */
export function listLedgerBehind(after: string | null, take: number): Promise<LedgerEntry[]> {
  return db.mediaFile.findMany({
    where: after === null ? {} : { fileKey: { gt: after } },
    select: ledgerEntrySelect,
    orderBy: { fileKey: "asc" },
    take,
  });
}

/**
 * Which of these keys belong to a file by now, of whatever tenant. Locks their rows until the transaction ends, so that nobody makes a
 * purged file anew meanwhile.
 */
export async function lockOwnedKeys(keys: readonly string[], tx: Db): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ fileKey: string; state: string }[]>`
    SELECT "fileKey", state::text AS state FROM "MediaFile" WHERE "fileKey" = ANY(${[...keys]}) ORDER BY id FOR UPDATE`;
  return new Set(rows.filter(({ state }) => state !== "PURGED").map(({ fileKey }) => fileKey));
}

/** Of these prefixes, those of an organization, each with its id. */
export async function findPrefixOwners(prefixes: readonly string[]): Promise<Map<string, string>> {
  const where = { storagePrefix: { in: [...prefixes] } };
  const rows = await db.organization.findMany({ where, select: { id: true, storagePrefix: true } });
  return new Map(rows.map(({ id, storagePrefix }) => [storagePrefix, id]));
}

/**
 * Uploads under way among these keys, with the store's id of each; null where it is not known (yet). The archives of exports that are
 * being made are such as well.
 */
export async function listPendingUploads(keys: readonly string[]): Promise<{ fileKey: string; multipartId: string | null }[]> {
  const fileKey = { in: [...keys] };
  const [files, archives] = await Promise.all([
    db.mediaFile.findMany({ where: { fileKey, state: "PENDING" }, select: { fileKey: true, multipartId: true } }),
    db.storageExport.findMany({ where: { fileKey, state: { in: ["QUEUED", "RUNNING"] } }, select: { fileKey: true } }),
  ]);
  return [...files, ...archives.map((archive) => ({ ...archive, multipartId: null }))];
}

/** A finished file whose object is gone. */
export async function markMissing({ organizationId }: { organizationId: string }, id: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({
    where: { id, organizationId },
    data: { state: "MISSING", stateReason: "OBJECT_GONE" },
    select: { id: true },
  });
}

/** A missing file whose object is there again. */
export async function markFoundAgain({ organizationId }: { organizationId: string }, id: string, etag: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({
    where: { id, organizationId },
    data: { state: "READY", stateReason: null, etag },
    select: { id: true },
  });
}

/** Notes the entity tag that an object of the same content has by now. */
export async function noteEtag({ organizationId }: { organizationId: string }, id: string, etag: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({ where: { id, organizationId }, data: { etag }, select: { id: true } });
}

/** The platform's staff who get the figures. */
export function listPlatformStaff(client: Db = db) {
  return client.user.findMany({
    where: { role: "admin", emailVerified: true, NOT: { banned: true } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
}

/** Findings by kind and outcome. */
export async function sumFindings(sweepId: string, client: Db = db): Promise<FindingSum[]> {
  const groups = await client.storageFinding.groupBy({
    by: ["kind", "outcome"],
    where: { sweepId },
    _count: { _all: true },
    _sum: { bytes: true },
    orderBy: [{ kind: "asc" }, { outcome: "asc" }],
  });
  return groups.map(({ kind, outcome, _count, _sum }) => ({ kind, outcome, findings: _count._all, bytes: Number(_sum.bytes ?? 0) }));
}

/** A member of the platform's staff, as listPlatformStaff finds them; null when they are that no longer. */
export function findStaffAddress(userId: string) {
  return db.user.findFirst({ where: { id: userId, role: "admin", NOT: { banned: true } }, select: { email: true } });
}
