import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

const invitationRow = {
  id: true,
  organizationId: true,
  email: true,
  role: true,
  status: true,
  expiresAt: true,
  createdAt: true,
  inviter: { select: { name: true, email: true } },
} satisfies Prisma.InvitationSelect;

/** An invitation with what its mail and its page show, whatever organization it is to: the id alone is the key. */
export function findInvitationById(id: string, client: Db = db) {
  return client.invitation.findUnique({
    where: { id },
    select: { ...invitationRow, organization: { select: { name: true, slug: true, accentColor: true } } },
    relationLoadStrategy: "join",
  });
}

/** Holds the invitation's row until the transaction ends: accepting, cancelling and renewing follow one another. */
export async function lockInvitation(id: string, tx: Db): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Invitation" WHERE "id" = ${id} FOR UPDATE`;
}

export function findInvitation({ organizationId }: TenantScope, id: string, client: Db = db) {
  return client.invitation.findFirst({ where: { id, organizationId }, select: invitationRow, relationLoadStrategy: "join" });
}

/** Pending ones, expired ones among them, the newest first. */
export function listPendingInvitations({ organizationId }: TenantScope, page: { skip: number; take: number }, client: Db = db) {
  return client.invitation.findMany({
    where: { organizationId, status: "pending" },
    select: invitationRow,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    relationLoadStrategy: "join",
    ...page,
  });
}

export function countPendingInvitations({ organizationId }: TenantScope, client: Db = db): Promise<number> {
  return client.invitation.count({ where: { organizationId, status: "pending" } });
}

/** The pending invitations to these addresses, expired ones among them. */
export function findPendingInvitations({ organizationId }: TenantScope, emails: readonly string[], client: Db = db) {
  return client.invitation.findMany({
    where: { organizationId, status: "pending", email: { in: [...emails] } },
    select: { id: true, email: true, role: true, expiresAt: true },
  });
}

/** Adds invitations, save to addresses that have a pending one: an index refuses those. Gives what was added. */
export function insertInvitations(
  { organizationId }: TenantScope,
  rows: readonly { email: string; role: string; inviterId: string; expiresAt: Date }[],
  tx: Db,
) {
  return tx.invitation.createManyAndReturn({
    data: rows.map((row) => ({ ...row, organizationId, status: "pending" })),
    skipDuplicates: true,
    select: { id: true, email: true },
  });
}

export async function updateInvitation(
  { organizationId }: TenantScope,
  id: string,
  change: { status?: string; role?: string; expiresAt?: Date; inviterId?: string },
  tx: Db,
): Promise<void> {
  await tx.invitation.updateMany({ where: { id, organizationId }, data: change });
}

/** Pending, unexpired invitations to this address in any organization, at most 20: it is the person's own. */
export function listInvitationsToAddress(email: string, client: Db = db) {
  return client.invitation.findMany({
    where: { email, status: "pending", expiresAt: { gt: new Date() } },
    select: { id: true, organization: { select: { name: true } } },
    orderBy: { createdAt: "desc" },
    relationLoadStrategy: "join",
    take: 20,
  });
}
