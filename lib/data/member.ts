import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { containsText } from "./like-text";
import { pictureSelect } from "./media-variant";
import type { Db, TenantScope } from "./transaction";

/** One person's membership of the organization with this slug, with what an actor needs of the organization. */
export function findMembership(userId: string, organizationSlug: string, client: Db = db) {
  return client.member.findFirst({
    where: { userId, organization: { slug: organizationSlug } },
    select: {
      id: true,
      role: true,
      organization: { select: { id: true, slug: true, name: true, storagePrefix: true, accentColor: true } },
    },
    relationLoadStrategy: "join",
  });
}

/** The organizations that this person is a member of, by name, at most 100. */
export function listMemberships(userId: string, client: Db = db) {
  return client.member.findMany({
    where: { userId },
    select: { role: true, organization: { select: { slug: true, name: true, logoFile: { select: pictureSelect } } } },
    orderBy: { organization: { name: "asc" } },
    relationLoadStrategy: "join",
    take: 100,
  });
}

const memberRow = {
  id: true,
  role: true,
  createdAt: true,
  user: { select: { id: true, name: true, email: true } },
} satisfies Prisma.MemberSelect;

/** What a list of members is narrowed by; `search` is looked for in names and addresses. */
export type MemberFilter = { search?: string; role?: string };

function memberWhere({ organizationId }: TenantScope, { search, role }: MemberFilter): Prisma.MemberWhereInput {
  const words = containsText(search);
  return { organizationId, role, user: words ? { OR: [{ name: words }, { email: words }] } : undefined };
}

/** Members by address, from `skip` on. */
export function listMembers(scope: TenantScope, filter: MemberFilter, page: { skip: number; take: number }, client: Db = db) {
  return client.member.findMany({
    where: memberWhere(scope, filter),
    select: memberRow,
    orderBy: [{ user: { email: "asc" } }],
    relationLoadStrategy: "join",
    ...page,
  });
}

/** People with one of these roles and where their mail goes. */
export async function listPeopleWithRoles({ organizationId }: TenantScope, roles: readonly string[], client: Db = db) {
  const members = await client.member.findMany({
    where: { organizationId, role: { in: [...roles] } },
    select: { user: { select: { id: true, email: true } } },
    relationLoadStrategy: "join",
  });
  return members.map(({ user }) => user);
}

export function countMembers(scope: TenantScope, filter: MemberFilter = {}, client: Db = db): Promise<number> {
  return client.member.count({ where: memberWhere(scope, filter) });
}

export function findMember({ organizationId }: TenantScope, memberId: string, client: Db = db) {
  return client.member.findFirst({ where: { id: memberId, organizationId }, select: memberRow, relationLoadStrategy: "join" });
}

/** Which of these addresses belong to members already. */
export async function findMemberAddresses({ organizationId }: TenantScope, emails: readonly string[], client: Db = db): Promise<string[]> {
  const members = await client.member.findMany({
    where: { organizationId, user: { email: { in: [...emails] } } },
    select: { user: { select: { email: true } } },
    relationLoadStrategy: "join",
  });
  return members.map((member) => member.user.email);
}

/** Adds a member; does nothing when the person is one already. Gives whether it added one. */
export async function insertMember({ organizationId }: TenantScope, userId: string, role: string, client: Db = db): Promise<boolean> {
  const { count } = await client.member.createMany({ data: [{ organizationId, userId, role }], skipDuplicates: true });
  return count === 1;
}

export async function updateMemberRole({ organizationId }: TenantScope, memberId: string, role: string, client: Db = db): Promise<void> {
  await client.member.updateMany({ where: { id: memberId, organizationId }, data: { role } });
}

export async function deleteMember({ organizationId }: TenantScope, memberId: string, client: Db = db): Promise<void> {
  await client.member.deleteMany({ where: { id: memberId, organizationId } });
}
