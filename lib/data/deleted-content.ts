import "server-only";
import { db } from "../db";
import type { DeletedCounts, DeletedKind } from "../schemas/deleted-content";
import type { Db, TenantScope } from "./transaction";

export type NewDeletedItem = {
  kind: DeletedKind;
  title: string;
  courseId: string | null;
  deletedById: string;
  purgeAfter: Date;
};

/** Opens an item, so that rows can be kept under it. What went with it is written by `setDeletedCounts`. */
export async function insertDeletedItem({ organizationId }: TenantScope, item: NewDeletedItem, tx: Db): Promise<string> {
  const { id } = await tx.deletedItem.create({ data: { organizationId, ...item }, select: { id: true } });
  return id;
}

export async function setDeletedCounts({ organizationId }: TenantScope, id: string, counts: Partial<DeletedCounts>, tx: Db): Promise<void> {
  await tx.deletedItem.update({ where: { id, organizationId }, data: { counts }, select: { id: true } });
}

const itemSelect = {
  id: true,
  kind: true,
  title: true,
  courseId: true,
  counts: true,
  deletedAt: true,
  purgeAfter: true,
  deletedBy: { select: { name: true, email: true } },
} as const;

export function findDeletedItem({ organizationId }: TenantScope, id: string, client: Db = db) {
  return client.deletedItem.findFirst({ where: { id, organizationId }, select: itemSelect });
}

/** Holds an item that can still be restored until the transaction ends. False when it is gone, or its time is over by the database's clock. */
export async function lockDeletedItem({ organizationId }: TenantScope, id: string, tx: Db): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "DeletedItem" WHERE id = ${id} AND "organizationId" = ${organizationId} AND "purgeAfter" > clock_timestamp() FOR UPDATE`;
  return rows.length > 0;
}

/** Items shown in one place at most. */
const SHOWN = 50;

/** What can still be restored of these kinds, the latest first. @param filter.courseId of one course only */
export function listDeletedItems(
  { organizationId }: TenantScope,
  { kinds, courseId }: { kinds: DeletedKind[]; courseId?: string },
  client: Db = db,
) {
  return client.deletedItem.findMany({
    where: { organizationId, kind: { in: kinds }, purgeAfter: { gt: new Date() }, ...(courseId ? { courseId } : {}) },
    select: itemSelect,
    orderBy: [{ deletedAt: "desc" }, { id: "desc" }],
    relationLoadStrategy: "join",
    take: SHOWN,
  });
}

export type DeletedItemRow = Awaited<ReturnType<typeof listDeletedItems>>[number];

/** Forgets an item with the rows that are kept under it. */
export async function deleteItem({ organizationId }: TenantScope, id: string, tx: Db): Promise<void> {
  await tx.deletedItem.deleteMany({ where: { id, organizationId } });
}

/** Forgets an item whose time is over by the database's clock. Null when it is gone already, or not due. */
export async function deleteDueItem(
  { organizationId }: TenantScope,
  id: string,
  tx: Db,
): Promise<{ kind: DeletedKind; title: string } | null> {
  const rows = await tx.$queryRaw<{ kind: DeletedKind; title: string }[]>`
    DELETE FROM "DeletedItem" WHERE id = ${id} AND "organizationId" = ${organizationId} AND "purgeAfter" <= clock_timestamp()
    RETURNING kind::text AS kind, title`;
  return rows[0] ?? null;
}

/** Items of any tenant whose time ended before `before`, oldest first. */
export function listOverdueItems(before: Date, take: number): Promise<{ id: string; organizationId: string }[]> {
  return db.deletedItem.findMany({
    where: { purgeAfter: { lt: before } },
    orderBy: { purgeAfter: "asc" },
    take,
    select: { id: true, organizationId: true },
  });
}
