import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

const tables = { export: Prisma.sql`"StorageExport"`, import: Prisma.sql`"StorageImport"` };

/** One process's right to work on a transfer: its last sign of life is the proof. */
export type TransferHold = { kind: keyof typeof tables; id: string; heartbeatAt: Date };

/** Takes a transfer whose holder has given no sign of life since `before`. Null when it has, or the transfer is over. */
export async function claimTransfer(kind: TransferHold["kind"], id: string, before: Date): Promise<TransferHold | null> {
  const heartbeatAt = new Date();
  const count = await db.$executeRaw`
    UPDATE ${tables[kind]} SET state = 'RUNNING', "heartbeatAt" = ${heartbeatAt}
    WHERE id = ${id} AND (state = 'QUEUED' OR state = 'RUNNING' AND "heartbeatAt" < ${before})`;
  return count === 1 ? { kind, id, heartbeatAt } : null;
}

/** Gives a sign of life and writes down how many bytes are done, as long as the transfer is still held. Null when it is not. */
export async function beatTransfer(hold: TransferHold, doneBytes: number, client: Db = db): Promise<TransferHold | null> {
  const heartbeatAt = new Date(Math.max(Date.now(), hold.heartbeatAt.getTime() + 1));
  const count = await client.$executeRaw`
    UPDATE ${tables[hold.kind]} SET "heartbeatAt" = ${heartbeatAt}, "doneBytes" = ${doneBytes}
    WHERE id = ${hold.id} AND state = 'RUNNING' AND "heartbeatAt" = ${hold.heartbeatAt}`;
  return count === 1 ? { ...hold, heartbeatAt } : null;
}

/** Lets go of a transfer that is not over, for whoever comes next. @param unheld a sign of life that is old enough for that, and no older */
export async function releaseTransfer({ kind, id, heartbeatAt }: TransferHold, unheld: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE ${tables[kind]} SET "heartbeatAt" = ${unheld} WHERE id = ${id} AND state = 'RUNNING' AND "heartbeatAt" = ${heartbeatAt}`;
}

/** A transfer that somebody waits for. */
const underWay = { state: { in: ["QUEUED", "RUNNING"] } } satisfies Prisma.StorageExportWhereInput & Prisma.StorageImportWhereInput;

const person = { select: { name: true, email: true } } as const;

const exportSelect = {
  id: true,
  organizationId: true,
  state: true,
  fileKey: true,
  partSize: true,
  bytes: true,
  doneBytes: true,
  files: true,
  tokenHash: true,
  error: true,
  createdAt: true,
  finishedAt: true,
  expiresAt: true,
  startedById: true,
  startedBy: person,
  organization: { select: { name: true, slug: true } },
} satisfies Prisma.StorageExportSelect;

export type ExportRow = Prisma.StorageExportGetPayload<{ select: typeof exportSelect }>;

/** Any tenant's: for jobs, and for a link, which is a right of its own. */
export function findExportById(id: string, client: Db = db): Promise<ExportRow | null> {
  return client.storageExport.findUnique({ where: { id }, select: exportSelect });
}

export function findExport({ organizationId }: TenantScope, id: string, client: Db = db): Promise<ExportRow | null> {
  return client.storageExport.findFirst({ where: { id, organizationId }, select: exportSelect });
}

/** The latest first. */
export function listExports({ organizationId }: TenantScope, take: number): Promise<ExportRow[]> {
  return db.storageExport.findMany({ where: { organizationId }, select: exportSelect, orderBy: { createdAt: "desc" }, take });
}

/** One that is not over. */
export function findExportUnderWay({ organizationId }: TenantScope, tx: Db): Promise<{ id: string } | null> {
  return tx.storageExport.findFirst({ where: { organizationId, ...underWay }, select: { id: true } });
}

/** Archives that can be fetched, or wait to be deleted. */
export function countKeptExports({ organizationId }: TenantScope, tx: Db): Promise<number> {
  return tx.storageExport.count({ where: { organizationId, state: "DONE" } });
}

export async function insertExport(
  { organizationId }: TenantScope,
  row: Pick<Prisma.StorageExportUncheckedCreateInput, "id" | "fileKey" | "partSize" | "bytes" | "files" | "startedById"> & {
    layout: Prisma.InputJsonObject;
  },
  tx: Db,
): Promise<void> {
  await tx.storageExport.create({ data: { ...row, organizationId }, select: { id: true } });
}

/** What was fixed when the export began. */
export async function readExportLayout(id: string): Promise<unknown> {
  const row = await db.storageExport.findUnique({ where: { id }, select: { layout: true } });
  return row?.layout ?? null;
}

type ExportEnd =
  { state: "DONE"; tokenHash: string; expiresAt: Date } | { state: "FAILED"; error: string } | { state: "EXPIRED"; expiresAt: Date };

/** Ends an export that is in one of these states: the layout is not needed any more, and only a finished one has a link. False when it is in none of them. */
export async function endExport(id: string, from: readonly ExportRow["state"][], end: ExportEnd, tx: Db): Promise<boolean> {
  const { count } = await tx.storageExport.updateMany({
    where: { id, state: { in: [...from] } },
    data: { layout: Prisma.DbNull, tokenHash: null, ...(end.state === "EXPIRED" ? {} : { finishedAt: new Date() }), ...end },
  });
  return count === 1;
}

/** Of these keys, those of archives that are being made or can be fetched. */
export async function findLiveArchives(keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const where = { fileKey: { in: [...keys] }, state: { in: ["QUEUED", "RUNNING", "DONE"] } } satisfies Prisma.StorageExportWhereInput;
  const rows = await db.storageExport.findMany({ where, select: { fileKey: true } });
  return new Set(rows.map(({ fileKey }) => fileKey));
}

const importSelect = {
  id: true,
  organizationId: true,
  archiveKey: true,
  sourceName: true,
  state: true,
  bytes: true,
  doneBytes: true,
  files: true,
  doneFiles: true,
  courses: true,
  error: true,
  createdAt: true,
  finishedAt: true,
  startedById: true,
  startedBy: person,
  organization: { select: { name: true, slug: true, storagePrefix: true } },
} satisfies Prisma.StorageImportSelect;

export type ImportRow = Prisma.StorageImportGetPayload<{ select: typeof importSelect }>;

/** Any tenant's: for jobs. */
export function findImportById(id: string, client: Db = db): Promise<ImportRow | null> {
  return client.storageImport.findUnique({ where: { id }, select: importSelect });
}

export function findImport({ organizationId }: TenantScope, id: string, client: Db = db): Promise<ImportRow | null> {
  return client.storageImport.findFirst({ where: { id, organizationId }, select: importSelect });
}

/** The latest first. */
export function listImports({ organizationId }: TenantScope, take: number): Promise<ImportRow[]> {
  return db.storageImport.findMany({ where: { organizationId }, select: importSelect, orderBy: { createdAt: "desc" }, take });
}

/** One that is not over, with the archive that it reads. */
export function findImportUnderWay({ organizationId }: TenantScope, tx: Db): Promise<{ id: string; archiveKey: string } | null> {
  return tx.storageImport.findFirst({ where: { organizationId, ...underWay }, select: { id: true, archiveKey: true } });
}

/** Does any tenant's import read this archive now? */
export async function isArchiveRead(archiveKey: string, client: Db = db): Promise<boolean> {
  return (await client.storageImport.findFirst({ where: { archiveKey, ...underWay }, select: { id: true } })) !== null;
}

export async function insertImport(
  { organizationId }: TenantScope,
  row: Pick<Prisma.StorageImportUncheckedCreateInput, "id" | "archiveKey" | "sourceName" | "bytes" | "files" | "courses" | "startedById">,
  tx: Db,
): Promise<void> {
  await tx.storageImport.create({ data: { ...row, organizationId }, select: { id: true } });
}

/** Ends an import that is not over. False when it is. */
export async function endImport(id: string, end: { state: "DONE" } | { state: "FAILED"; error: string }, tx: Db): Promise<boolean> {
  const { count } = await tx.storageImport.updateMany({ where: { id, ...underWay }, data: { ...end, finishedAt: new Date() } });
  return count === 1;
}

/** Transfers of any tenant that are over in name only: nobody has worked on them since `before`. */
export async function listDeadTransfers(before: Date): Promise<{ exports: string[]; imports: string[] }> {
  const where = { ...underWay, heartbeatAt: { lt: before }, createdAt: { lt: before } };
  const [exports, imports] = await Promise.all([
    db.storageExport.findMany({ where, select: { id: true }, take: 100 }),
    db.storageImport.findMany({ where, select: { id: true }, take: 100 }),
  ]);
  return { exports: exports.map(({ id }) => id), imports: imports.map(({ id }) => id) };
}

/** Archives of any tenant whose time is over. */
export async function listDueExports(now: Date): Promise<string[]> {
  const rows = await db.storageExport.findMany({
    where: { state: "DONE", expiresAt: { lte: now } },
    select: { id: true },
    orderBy: { expiresAt: "asc" },
    take: 100,
  });
  return rows.map(({ id }) => id);
}
