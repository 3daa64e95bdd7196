import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { Db } from "./transaction";

const trashSelect = {
  id: true,
  fileKey: true,
  trashKey: true,
  organizationId: true,
  bytes: true,
  trashedAt: true,
  purgeAfter: true,
} satisfies Prisma.TrashedObjectSelect;

export type TrashRow = Prisma.TrashedObjectGetPayload<{ select: typeof trashSelect }>;

/** Neither taken back nor deleted for good. */
const kept = { restoredAt: null, purgedAt: null } satisfies Prisma.TrashedObjectWhereInput;

/** Announces objects that are about to be put aside; what was announced before stays as it is. */
export async function insertTrash(rows: readonly Omit<TrashRow, "id" | "trashedAt">[]): Promise<void> {
  await db.trashedObject.createMany({ data: [...rows], skipDuplicates: true });
}

/** Lets announced objects go with the next purge of the trash: their originals stayed where they are. */
export async function dropTrash(trashKeys: readonly string[], client: Db = db): Promise<void> {
  if (trashKeys.length === 0) return;
  await client.trashedObject.updateMany({ where: { ...kept, trashKey: { in: [...trashKeys] } }, data: { purgeAfter: new Date() } });
}

/** Of these keys under the trash's prefix, those that a row names. */
export async function findTrashKeys(trashKeys: readonly string[]): Promise<Set<string>> {
  if (trashKeys.length === 0) return new Set();
  const rows = await db.trashedObject.findMany({ where: { trashKey: { in: [...trashKeys] } }, select: { trashKey: true } });
  return new Set(rows.map(({ trashKey }) => trashKey));
}

/** What can still be taken back, latest first. */
export function listRestorable(take: number): Promise<TrashRow[]> {
  const where = { ...kept, purgeAfter: { gt: new Date() } };
  return db.trashedObject.findMany({ where, select: trashSelect, orderBy: [{ trashedAt: "desc" }, { id: "asc" }], take });
}

/** One object that can still be taken back; null when there is none such. */
export function findRestorable(id: string): Promise<TrashRow | null> {
  return db.trashedObject.findFirst({ where: { id, ...kept, purgeAfter: { gt: new Date() } }, select: trashSelect });
}

/** Its copy in the trash goes with the next purge. False when it was marked before. */
export async function markRestored(id: string, tx: Db): Promise<boolean> {
  const now = new Date();
  const { count } = await tx.trashedObject.updateMany({ where: { id, restoredAt: null }, data: { restoredAt: now, purgeAfter: now } });
  return count === 1;
}

/** Objects whose time in the trash is over, locked; those that somebody is taking back right now are left out. */
export async function lockDueTrash(take: number, tx: Db): Promise<{ id: string; trashKey: string }[]> {
  return tx.$queryRaw`
    SELECT id, "trashKey" FROM "TrashedObject"
    WHERE "purgedAt" IS NULL AND "purgeAfter" <= now()
    ORDER BY "purgeAfter", id LIMIT ${take} FOR UPDATE SKIP LOCKED`;
}

export async function markTrashPurged(ids: readonly string[], tx: Db): Promise<void> {
  await tx.trashedObject.updateMany({ where: { id: { in: [...ids] } }, data: { purgedAt: new Date() } });
}
