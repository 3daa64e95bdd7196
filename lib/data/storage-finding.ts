import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { FindingKind, Outcome } from "../schemas/storage-sweep";
import type { Db } from "./transaction";

const findingSelect = {
  id: true,
  kind: true,
  fileKey: true,
  organizationId: true,
  mediaFileId: true,
  multipartId: true,
  bytes: true,
  objectModifiedAt: true,
  outcome: true,
} satisfies Prisma.StorageFindingSelect;

export type FindingRow = Prisma.StorageFindingGetPayload<{ select: typeof findingSelect }>;
export type NewFinding = Omit<FindingRow, "id" | "outcome"> & { outcome: Outcome | null };

/** Writes findings down; what is known of this sweep already stays as it is. */
export async function insertFindings(sweepId: string, findings: readonly NewFinding[], tx: Db = db): Promise<void> {
  if (findings.length === 0) return;
  await tx.storageFinding.createMany({ data: findings.map((finding) => ({ sweepId, ...finding })), skipDuplicates: true });
}

/** Findings of one kind that nothing was done about yet, in the order of their keys. */
export function listOpenFindings(sweepId: string, kind: FindingKind, take: number): Promise<FindingRow[]> {
  return db.storageFinding.findMany({
    where: { sweepId, kind, outcome: null },
    select: findingSelect,
    orderBy: { fileKey: "asc" },
    take,
  });
}

export async function settleFindings(ids: readonly string[], outcome: Outcome, client: Db = db): Promise<void> {
  if (ids.length === 0) return;
  await client.storageFinding.updateMany({ where: { id: { in: [...ids] } }, data: { outcome } });
}

/** Sets aside the open orphans under a prefix. */
export async function holdOrphansUnder(sweepId: string, prefix: string, client: Db = db): Promise<void> {
  const where = { sweepId, kind: "ORPHAN_OBJECT", outcome: null, fileKey: { startsWith: prefix } } as const;
  await client.storageFinding.updateMany({ where, data: { outcome: "HELD" } });
}

/** Sets aside the open findings of one kind. */
export async function holdFindings(sweepId: string, kind: FindingKind, client: Db = db): Promise<void> {
  await client.storageFinding.updateMany({ where: { sweepId, kind, outcome: null }, data: { outcome: "HELD" } });
}

/** The findings behind a key and kind, for a download that reads them page by page. */
export function listFindingsBehind(sweepId: string, after: FindingRow | null, take: number): Promise<FindingRow[]> {
  return db.storageFinding.findMany({
    where: {
      sweepId,
      ...(after && { OR: [{ fileKey: { gt: after.fileKey } }, { fileKey: after.fileKey, id: { gt: after.id } }] }),
    },
    select: findingSelect,
    orderBy: [{ fileKey: "asc" }, { id: "asc" }],
    take,
  });
}

/** A page of findings by key, and how many there are. */
export async function pageFindings(sweepId: string, { skip, take }: { skip: number; take: number }) {
  const [rows, total] = await Promise.all([
    db.storageFinding.findMany({ where: { sweepId }, select: findingSelect, orderBy: [{ fileKey: "asc" }, { id: "asc" }], skip, take }),
    db.storageFinding.count({ where: { sweepId } }),
  ]);
  return { rows, total };
}
