import "server-only";
import { takePoint } from "../clients/limiter";
import { AppError, notFoundError } from "../core/app-error";
import { DAY, fromNow } from "../core/clock";
import {
  countPendingInvitations,
  findInvitation,
  findPendingInvitations,
  insertInvitations,
  listPendingInvitations,
  lockInvitation,
  updateInvitation,
} from "../data/invitation";
import { findMemberAddresses } from "../data/member";
import { inTransaction, type Db } from "../data/transaction";
import { enqueue } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor, PlatformActor } from "../policies/actor";
import { canManageRole, grantableRoles } from "../policies/member-policy";
import { isRole, type Role } from "../policies/permission";
import type { Page } from "../core/page";
import type { InviteReport, PendingInvitationView } from "../schemas/invitation";
import { recordAudit } from "./audit-service";

/** How long an invitation may be accepted. */
const LIFETIME = 7 * DAY;
const PAGE_SIZE = 25;
const resends = { name: "invitation-resend", points: 3, seconds: 3600 };

function assertMayGrant(actor: MemberActor, role: Role): void {
  assertCan(actor, "member.manage");
  if (!grantableRoles(actor).includes(role))
    throw new AppError("FORBIDDEN", "Only an owner can invite owners or change their invitations.");
}

/**
 * Invites addresses into an organization, in the caller's transaction: rows, audit and mails come to be together or not at all.
 * Members and pending addresses are skipped and reported; an expired invitation is renewed with the new role. Two of these at once
 * invite an address once: an index holds. `mayRenew` says whose expired invitation may be taken over.
 */
export async function issueInvitations(
  tx: Db,
  actor: MemberActor | PlatformActor,
  target: { organizationId: string; emails: readonly string[]; role: Role; mayRenew: (role: Role) => boolean },
): Promise<InviteReport> {
  const { organizationId, emails, role } = target;
  const scope = { organizationId };
  const alreadyMembers = await findMemberAddresses(scope, emails, tx);
  const pending = await findPendingInvitations(scope, emails, tx);
  const now = new Date();
  const renewable = pending.filter((row) => row.expiresAt <= now && isRole(row.role) && target.mayRenew(row.role));
  const taken = new Set([...alreadyMembers, ...pending.map((row) => row.email)]);
  const invitation = { role, inviterId: actor.userId, expiresAt: fromNow(LIFETIME) };
  const added = await insertInvitations(
    scope,
    emails.filter((email) => !taken.has(email)).map((email) => ({ ...invitation, email })),
    tx,
  );
  for (const { id } of renewable) await updateInvitation(scope, id, invitation, tx);
  const issued = [...added, ...renewable];
  for (const { id, email } of issued) {
    await enqueue(tx, "send-invitation", { invitationId: id });
    await recordAudit(tx, actor, { action: "member.invited", subjectId: id, organizationId, after: { email, role } });
  }
  const invited = new Set(issued.map((row) => row.email));
  return {
    invited: emails.filter((email) => invited.has(email)),
    alreadyMembers,
    alreadyInvited: emails.filter((email) => !invited.has(email) && !alreadyMembers.includes(email)),
  };
}

/**
 * Invites people by mail, up to 50 at once.
 *
 * @throws AppError FORBIDDEN when the role may not be given by this actor
 */
export async function inviteMembers(actor: MemberActor, input: { addresses: string[]; role: Role }): Promise<InviteReport> {
  assertMayGrant(actor, input.role);
  const target = {
    organizationId: actor.organization.id,
    emails: input.addresses,
    role: input.role,
    mayRenew: (role: Role) => canManageRole(actor, role),
  };
  return inTransaction((tx) => issueInvitations(tx, actor, target));
}

/** The invitations that nobody has answered yet, expired ones among them. */
export async function listInvitations(actor: MemberActor, input: { page: number }): Promise<Page<PendingInvitationView>> {
  assertCan(actor, "member.view");
  const scope = { organizationId: actor.organization.id };
  const [rows, total] = await Promise.all([
    listPendingInvitations(scope, { skip: (input.page - 1) * PAGE_SIZE, take: PAGE_SIZE }),
    countPendingInvitations(scope),
  ]);
  const now = new Date();
  const items = rows.map(({ id, email, role, expiresAt, inviter }) => {
    const known = isRole(role) ? role : "learner";
    const expired = expiresAt <= now;
    return { id, email, role: known, invitedBy: inviter.name || inviter.email, expiresAt, expired, mayManage: canManageRole(actor, known) };
  });
  return { items, total, page: input.page, pageSize: PAGE_SIZE };
}

async function findOwnPending(actor: MemberActor, invitationId: string, tx: Db) {
  assertCan(actor, "member.manage");
  await lockInvitation(invitationId, tx);
  const invitation = await findInvitation({ organizationId: actor.organization.id }, invitationId, tx);
  if (!invitation || !isRole(invitation.role)) throw notFoundError("This invitation");
  assertMayGrant(actor, invitation.role);
  if (invitation.status !== "pending") throw new AppError("CONFLICT", "This invitation has been answered or cancelled meanwhile.");
  return invitation;
}

/**
 * Sends the mail again and starts the seven days anew; three times an hour.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT (no longer pending), RATE_LIMITED
 */
export async function resendInvitation(actor: MemberActor, input: { invitationId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const { id, email } = await findOwnPending(actor, input.invitationId, tx);
    await takePoint(resends, id);
    await updateInvitation({ organizationId: actor.organization.id }, id, { expiresAt: fromNow(LIFETIME) }, tx);
    await enqueue(tx, "send-invitation", { invitationId: id });
    await recordAudit(tx, actor, { action: "invitation.resent", subjectId: id, after: { email } });
  });
}

/**
 * Takes an invitation back. The link in its mail then says so. Cancelling twice is refused the second time.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT (no longer pending)
 */
export async function cancelInvitation(actor: MemberActor, input: { invitationId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const { id, email } = await findOwnPending(actor, input.invitationId, tx);
    await updateInvitation({ organizationId: actor.organization.id }, id, { status: "canceled" }, tx);
    await recordAudit(tx, actor, { action: "invitation.canceled", subjectId: id, before: { email } });
  });
}
