import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { containsText } from "./like-text";
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
/** Can be taken back: its original is known to be gone, so that no deletion on its way can hit what is put there again. */
const restorable = () => ({ ...kept, settledAt: { not: null }, purgeAfter: { gt: new Date() } }) satisfies Prisma.TrashedObjectWhereInput;

/** Any fixed number, the same as in the trigger that keeps files from leaving keys. */
const LEAVING_LOCK = 7_401_523;

export type Announcement = Pick<TrashRow, "fileKey" | "trashKey" | "organizationId" | "bytes">;

/**
 * Announces objects that are about to be put aside. One that a killed sweep has announced, and that is not settled, gets its whole time
 * in the trash from now on: its copy is made again.
 *
 * @param days in the trash, by the database's clock, which also ends them
 */
export async function announceTrash(sweepId: string, rows: readonly Announcement[], days: number): Promise<void> {
  if (rows.length === 0) return;
  const [keys, trashKeys, organizations, bytes] = [
    rows.map(({ fileKey }) => fileKey),
    rows.map(({ trashKey }) => trashKey),
    rows.map(({ organizationId }) => organizationId),
    rows.map((row) => row.bytes),
  ];
  await db.$executeRaw`
    INSERT INTO "TrashedObject" (id, "sweepId", "fileKey", "trashKey", "organizationId", bytes, "purgeAfter")
    SELECT gen_random_uuid()::text, ${sweepId}, r.key, r.trash, r.organization, r.bytes, now() + ${days}::float8 * interval '1 day'
    FROM unnest(${keys}::text[], ${trashKeys}::text[], ${organizations}::text[], ${bytes}::bigint[]) AS r (key, trash, organization, bytes)
    ON CONFLICT ("trashKey") DO UPDATE SET "purgeAfter" = excluded."purgeAfter", "purgedAt" = NULL
    WHERE "TrashedObject"."settledAt" IS NULL`;
}

/** Until the transaction ends no file is moved to another key; see the migration's trigger for the other side. */
export async function lockLeavingKeys(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEAVING_LOCK})`;
}

/** The originals of these are gone: from now on they can be taken back. */
export async function settleTrash(trashKeys: readonly string[], client: Db = db): Promise<void> {
  if (trashKeys.length === 0) return;
  await client.trashedObject.updateMany({ where: { trashKey: { in: [...trashKeys] }, settledAt: null }, data: { settledAt: new Date() } });
}

/** The same, for announcements that were left: whole days in the trash begin now, since nobody could take these back before. */
export async function settleLateTrash(trashKeys: readonly string[], days: number): Promise<void> {
  if (trashKeys.length === 0) return;
  await db.$executeRaw`
    UPDATE "TrashedObject" SET "settledAt" = now(), "purgeAfter" = now() + ${days}::float8 * interval '1 day'
    WHERE "trashKey" = ANY(${[...trashKeys]}) AND "settledAt" IS NULL AND "purgedAt" IS NULL`;
}

/** The end of the time in the trash of what may go with the next purge; no clock that is off makes it later. */
const AT_ONCE = new Date(0);

/** Lets announced objects go with the next purge of the trash: their originals stayed where they are. */
export async function dropTrash(trashKeys: readonly string[], client: Db = db): Promise<void> {
  if (trashKeys.length === 0) return;
  const where = { ...kept, settledAt: null, trashKey: { in: [...trashKeys] } };
  await client.trashedObject.updateMany({ where, data: { purgeAfter: AT_ONCE } });
}

/** Announcements of other sweeps than this one, however old, which were left before anybody wrote down what became of them. */
export function listLeftAnnouncements(
  sweepId: string,
  after: string | null,
  take: number,
): Promise<Pick<TrashRow, "id" | "fileKey" | "trashKey">[]> {
  return db.trashedObject.findMany({
    where: {
      ...kept,
      settledAt: null,
      purgeAfter: { gt: AT_ONCE },
      OR: [{ sweepId: null }, { sweepId: { not: sweepId } }],
      ...(after !== null && { id: { gt: after } }),
    },
    select: { id: true, fileKey: true, trashKey: true },
    orderBy: { id: "asc" },
    take,
  });
}

/** Of these keys under the trash's prefix, those that a row names. */
export async function findTrashKeys(trashKeys: readonly string[]): Promise<Set<string>> {
  if (trashKeys.length === 0) return new Set();
  const rows = await db.trashedObject.findMany({ where: { trashKey: { in: [...trashKeys] } }, select: { trashKey: true } });
  return new Set(rows.map(({ trashKey }) => trashKey));
}

/** A page of what can still be taken back, latest first, with the sweeps that took it; and how many there are. */
export async function pageRestorable({ search, skip, take }: { search: string; skip: number; take: number }) {
  const where = { ...restorable(), ...(search && { fileKey: containsText(search) }) };
  const [rows, total] = await Promise.all([
    db.trashedObject.findMany({
      where,
      select: { ...trashSelect, sweep: { select: { id: true, startedBy: { select: { name: true, email: true } } } } },
      orderBy: [{ trashedAt: "desc" }, { fileKey: "asc" }],
      skip,
      take,
    }),
    db.trashedObject.count({ where }),
  ]);
  return { rows, total };
}

/** One object that can still be taken back; null when there is none such. */
export function findRestorable(id: string): Promise<TrashRow | null> {
  return db.trashedObject.findFirst({ where: { id, ...restorable() }, select: trashSelect });
}

/** Its copy in the trash goes with the next purge. False when it was marked before. */
export async function markRestored(id: string, tx: Db): Promise<boolean> {
  const { count } = await tx.trashedObject.updateMany({
    where: { id, restoredAt: null },
    data: { restoredAt: new Date(), purgeAfter: AT_ONCE },
  });
  return count === 1;
}

/** Objects whose time in the trash is over by the database's clock, and which nobody can take back since. */
export function listDueTrash(take: number): Promise<{ id: string; trashKey: string }[]> {
  return db.$queryRaw`
    SELECT id, "trashKey" FROM "TrashedObject" WHERE "purgedAt" IS NULL AND "purgeAfter" <= now() ORDER BY "purgeAfter", id LIMIT ${take}`;
}

export async function markTrashPurged(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.trashedObject.updateMany({ where: { id: { in: [...ids] } }, data: { purgedAt: new Date() } });
}
