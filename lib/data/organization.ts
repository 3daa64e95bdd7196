import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { containsText } from "./like-text";
import { mediaFileSelect } from "./media-file";
import type { Db, TenantScope } from "./transaction";

/**
 * Holds the organization's row until the transaction ends, so that changes to who is in it follow one another. NO KEY: rows that
 * refer to the organization may still be added meanwhile.
 */
export async function lockOrganization({ organizationId }: TenantScope, tx: Db): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR NO KEY UPDATE`;
}

export function insertOrganization(row: { name: string; slug: string; storagePrefix: string; limitBytes: number }, tx: Db) {
  const { limitBytes, ...organization } = row;
  return tx.organization.create({
    data: { ...organization, storageAccount: { create: { limitBytes: BigInt(limitBytes) } } },
    select: { id: true, name: true, slug: true, storagePrefix: true },
  });
}

export async function organizationSlugExists(slug: string, client: Db = db): Promise<boolean> {
  return (await client.organization.count({ where: { slug } })) > 0;
}

export async function updateOrganization(
  { organizationId }: TenantScope,
  change: { name: string; accentColor: string | null; logoId: string | null },
  tx: Db,
): Promise<void> {
  await tx.organization.update({ where: { id: organizationId }, data: change, select: { id: true } });
}

/** What its own settings page edits. */
export function findOrganizationSettings({ organizationId }: TenantScope, client: Db = db) {
  return client.organization.findUnique({
    where: { id: organizationId },
    select: { name: true, slug: true, accentColor: true, logoId: true, logoFile: { select: mediaFileSelect } },
    relationLoadStrategy: "join",
  });
}

function searchWhere(search: string | undefined): Prisma.OrganizationWhereInput {
  const words = containsText(search);
  return words ? { OR: [{ name: words }, { slug: words }] } : {};
}

const overview = {
  id: true,
  name: true,
  slug: true,
  createdAt: true,
  storageAccount: { select: { usedBytes: true, limitBytes: true } },
  _count: { select: { members: true, courses: true } },
} satisfies Prisma.OrganizationSelect;

/** Every organization of the platform, by name, with its counts. For the platform's staff. */
export function listOrganizations(search: string | undefined, page: { skip: number; take: number }, client: Db = db) {
  return client.organization.findMany({
    where: searchWhere(search),
    select: overview,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    relationLoadStrategy: "join",
    ...page,
  });
}

export function countOrganizations(search?: string, client: Db = db): Promise<number> {
  return client.organization.count({ where: searchWhere(search) });
}

/** One organization with its counts, its owners and the owners who are invited. For the platform's staff. */
export function findOrganizationOverview({ organizationId }: TenantScope, client: Db = db) {
  return client.organization.findUnique({
    where: { id: organizationId },
    select: {
      ...overview,
      storagePrefix: true,
      members: {
        where: { role: "owner" },
        select: { id: true, user: { select: { name: true, email: true } } },
        orderBy: { createdAt: "asc" },
        take: 50,
      },
      invitations: {
        where: { status: "pending", role: "owner" },
        select: { id: true, email: true, expiresAt: true },
        orderBy: { createdAt: "asc" },
        take: 50,
      },
    },
    relationLoadStrategy: "join",
  });
}

/** Sums over every organization. Bytes. */
export async function countPlatform(client: Db = db) {
  const [organizations, people, courses, storage] = await Promise.all([
    client.organization.count(),
    client.user.count(),
    client.course.count(),
    client.storageAccount.aggregate({ _sum: { usedBytes: true, limitBytes: true } }),
  ]);
  return {
    organizations,
    people,
    courses,
    usedBytes: Number(storage._sum.usedBytes ?? 0),
    limitBytes: Number(storage._sum.limitBytes ?? 0),
  };
}
