import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { WARNING_LEVELS } from "../schemas/storage";
import type { Db, TenantScope } from "./transaction";

/** Opens the account of an organization that has none. */
export async function ensureStorageAccount({ organizationId }: TenantScope, limitBytes: bigint, client: Db = db): Promise<void> {
  await client.storageAccount.createMany({ data: [{ organizationId, limitBytes }], skipDuplicates: true });
}

export function findStorageAccount({ organizationId }: TenantScope, client: Db = db) {
  return client.storageAccount.findUnique({
    where: { organizationId },
    select: { usedBytes: true, reservedBytes: true, limitBytes: true, maxFileBytes: true, maxFiles: true },
  });
}

/** What a plan says about files; null: no limit. */
export type PlanLimits = { maxFileBytes: bigint | null; maxFiles: number | null };

/**
 * Sets bytes aside when they still fit. One statement, whose row lock makes callers queue: the limit can't be passed by racing, and what
 * the caller counts after it, nobody else changes before the caller's commit. Null when they do not fit, or there is no account.
 */
export async function reserveBytes({ organizationId }: TenantScope, bytes: bigint, tx: Db): Promise<PlanLimits | null> {
  const rows = await tx.$queryRaw<PlanLimits[]>`
    UPDATE "StorageAccount" SET "reservedBytes" = "reservedBytes" + ${bytes}, "updatedAt" = now()
    WHERE "organizationId" = ${organizationId} AND "usedBytes" + "reservedBytes" + ${bytes} <= "limitBytes"
    RETURNING "maxFileBytes", "maxFiles"`;
  return rows[0] ?? null;
}

/** Every account's organization. */
export async function listStorageAccounts(client: Db = db): Promise<TenantScope[]> {
  return client.storageAccount.findMany({ select: { organizationId: true }, orderBy: { organizationId: "asc" } });
}

export type AccountSums = { usedBytes: bigint; reservedBytes: bigint };

/** The sums as they are kept, the row held until the transaction ends: whoever moves bytes waits. Null without an account. */
export async function lockStorageAccount({ organizationId }: TenantScope, tx: Db): Promise<AccountSums | null> {
  const rows = await tx.$queryRaw<AccountSums[]>`
    SELECT "usedBytes", "reservedBytes" FROM "StorageAccount" WHERE "organizationId" = ${organizationId} FOR UPDATE`;
  return rows[0] ?? null;
}

/** What the sums must be by the ledger's rows. */
export async function sumLedger({ organizationId }: TenantScope, tx: Db): Promise<AccountSums> {
  const rows = await tx.$queryRaw<AccountSums[]>`
    SELECT coalesce(sum(bytes) FILTER (WHERE state IN ('READY', 'RELEASED')), 0)::bigint AS "usedBytes",
      coalesce(sum(bytes) FILTER (WHERE state = 'PENDING'), 0)::bigint AS "reservedBytes"
    FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND state IN ('READY', 'RELEASED', 'PENDING')`;
  return rows[0] ?? { usedBytes: 0n, reservedBytes: 0n };
}

export async function setStorageSums({ organizationId }: TenantScope, sums: AccountSums, tx: Db): Promise<void> {
  await tx.storageAccount.update({ where: { organizationId }, data: sums, select: { organizationId: true } });
}

/** Moves the sums by these bytes, which may be negative. */
export async function moveBytes({ organizationId }: TenantScope, by: { used?: bigint; reserved?: bigint }, tx: Db): Promise<void> {
  await tx.storageAccount.update({
    where: { organizationId },
    data: { usedBytes: { increment: by.used ?? 0n }, reservedBytes: { increment: by.reserved ?? 0n } },
  });
}

const [low, high] = WARNING_LEVELS;
const reached = (level: number) => Prisma.sql`"limitBytes" > 0 AND "usedBytes" * 100 >= "limitBytes" * ${level}::int`;

/**
 * Makes the level that was warned of follow the bytes used, up or down.
 *
 * @returns the level in percent when it rose just now: exactly one caller is told of each crossing
 */
export async function followWarningLevel({ organizationId }: TenantScope, tx: Db): Promise<number | null> {
  const rows = await tx.$queryRaw<{ before: number; level: number }[]>`
    UPDATE "StorageAccount" account SET "warnedPercent" = now.level FROM (
      SELECT "warnedPercent" AS before, CASE WHEN ${reached(high)} THEN ${high}::int WHEN ${reached(low)} THEN ${low}::int ELSE 0 END AS level
      FROM "StorageAccount" WHERE "organizationId" = ${organizationId} FOR UPDATE) now
    WHERE account."organizationId" = ${organizationId} AND account."warnedPercent" <> now.level
    RETURNING now.before, now.level`;
  const [change] = rows;
  return change && change.level > change.before ? change.level : null;
}

/** Who is to be warned, and of what; null when there is no such organization. Bytes. */
export function findWarnedAccount({ organizationId }: TenantScope, client: Db = db) {
  return client.storageAccount.findUnique({
    where: { organizationId },
    select: { usedBytes: true, limitBytes: true, warnedPercent: true, organization: { select: { name: true, slug: true } } },
    relationLoadStrategy: "join",
  });
}
