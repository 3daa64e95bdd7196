import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { UsageSort } from "../schemas/storage-limit";
import { likeText } from "./like-text";
import type { Db, TenantScope } from "./transaction";

export type OrganizationUsageRow = {
  id: string;
  name: string;
  slug: string;
  usedBytes: bigint;
  reservedBytes: bigint;
  limitBytes: bigint;
  maxFileBytes: bigint | null;
  maxFiles: number | null;
  warnedPercent: number;
  files: number;
  grownBytes: bigint;
};

const order: Record<UsageSort, Prisma.Sql> = {
  used: Prisma.sql`u."usedBytes" DESC`,
  full: Prisma.sql`(u."usedBytes" + u."reservedBytes")::float8 / greatest(u."limitBytes", 1) DESC`,
  grown: Prisma.sql`u."grownBytes" DESC`,
  files: Prisma.sql`u.files DESC`,
  name: Prisma.sql`lower(u.name)`,
};

/**
 * Organizations with what they take, in one query. Growth is counted from the last day written before `since`; one that is younger has
 * grown by all it has. Files and growth are looked up in indexes, by nothing but the organization.
 */
export function listOrganizationUsage(
  input: { search: string; sort: UsageSort; since: Date; skip: number; take: number },
  client: Db = db,
): Promise<OrganizationUsageRow[]> {
  const words = `%${likeText(input.search)}%`;
  return client.$queryRaw<OrganizationUsageRow[]>`
    SELECT * FROM (
      SELECT o.id, o.name, o.slug, coalesce(a."usedBytes", 0) AS "usedBytes", coalesce(a."reservedBytes", 0) AS "reservedBytes",
        coalesce(a."limitBytes", 0) AS "limitBytes", a."maxFileBytes", a."maxFiles", coalesce(a."warnedPercent", 0) AS "warnedPercent",
        (SELECT count(*) FROM "MediaFile" f
          WHERE f."organizationId" = o.id AND f.state IN ('READY', 'RELEASED') AND f."parentId" IS NULL)::int AS files,
        coalesce(a."usedBytes", 0) - coalesce((SELECT d."usedBytes" FROM "StorageUsageDay" d
          WHERE d."organizationId" = o.id AND d.day <= ${input.since}::date ORDER BY d.day DESC LIMIT 1), 0) AS "grownBytes"
      FROM "Organization" o LEFT JOIN "StorageAccount" a ON a."organizationId" = o.id
      WHERE o.name ILIKE ${words} OR o.slug ILIKE ${words}) u
    ORDER BY ${order[input.sort]}, lower(u.name), u.id LIMIT ${input.take} OFFSET ${input.skip}`;
}

export type LimitsRow = { usedBytes: bigint; limitBytes: bigint; maxFileBytes: bigint | null; maxFiles: number | null };

/** The plan of an organization, its row held until the transaction ends. Null without an account. */
export async function lockLimits({ organizationId }: TenantScope, tx: Db): Promise<LimitsRow | null> {
  const rows = await tx.$queryRaw<LimitsRow[]>`
    SELECT "usedBytes", "limitBytes", "maxFileBytes", "maxFiles" FROM "StorageAccount"
    WHERE "organizationId" = ${organizationId} FOR UPDATE`;
  return rows[0] ?? null;
}

export async function updateLimits({ organizationId }: TenantScope, limits: Omit<LimitsRow, "usedBytes">, tx: Db): Promise<void> {
  await tx.storageAccount.update({ where: { organizationId }, data: limits, select: { organizationId: true } });
}
