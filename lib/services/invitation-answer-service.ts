import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { idSchema } from "../core/id";
import { findInvitationById, listInvitationsToAddress, lockInvitation, updateInvitation } from "../data/invitation";
import { findMembership, insertMember } from "../data/member";
import { inTransaction, type Db } from "../data/transaction";
import { updateUserName } from "../data/user";
import type { UserActor } from "../policies/actor";
import { homePath } from "../policies/member-policy";
import { isRole } from "../policies/permission";
import type { InvitationState, InvitationView } from "../schemas/invitation";
import { recordAudit } from "./audit-service";

type Row = NonNullable<Awaited<ReturnType<typeof findInvitationById>>>;

function stateOf({ status, expiresAt }: Row): InvitationState {
  if (status === "accepted" || status === "rejected" || status === "canceled") return status;
  return expiresAt <= new Date() ? "expired" : "pending";
}

const refusals: Record<Exclude<InvitationState, "pending">, string> = {
  expired: "This invitation has expired. Ask for a new one; it takes the inviter one click.",
  accepted: "This invitation has been used already.",
  rejected: "This invitation was declined. If that was a mistake, ask for a new one.",
  canceled: "This invitation was taken back by the organization.",
};

/** What an invitation says, for whoever has its address: the id can't be guessed, and only the invited address can accept. */
export async function findInvitationView(invitationId: string): Promise<InvitationView | null> {
  const row = idSchema.safeParse(invitationId).success ? await findInvitationById(invitationId) : null;
  if (!row || !isRole(row.role)) return null;
  const { id, email, role, expiresAt, organization, inviter } = row;
  return { id, state: stateOf(row), email, role, expiresAt, organization, invitedBy: inviter.name || inviter.email };
}

/** Unanswered invitations to the person's own address, for those who sign in before they open the mail. */
export async function listOwnInvitations(actor: UserActor): Promise<{ id: string; organizationName: string }[]> {
  const rows = await listInvitationsToAddress(actor.email);
  return rows.map(({ id, organization }) => ({ id, organizationName: organization.name }));
}

/** Holds the invitation and checks whose it is; another person's address is told apart from a missing invitation. */
async function holdInvitation(actor: UserActor, invitationId: string, tx: Db) {
  await lockInvitation(invitationId, tx);
  const row = await findInvitationById(invitationId, tx);
  if (!row || !isRole(row.role)) throw notFoundError("This invitation");
  if (row.email !== actor.email.toLowerCase()) {
    throw new AppError("FORBIDDEN", `This invitation is for ${row.email}. Sign in with that address to accept it.`);
  }
  return { ...row, role: row.role };
}

/**
 * Makes the invited person a member, in one transaction. Accepting twice, or at once in two tabs, makes one member and says yes both
 * times. A member who has got another role meanwhile keeps it. `name` is taken when the person has none yet.
 *
 * @returns where the member starts
 * @throws AppError NOT_FOUND, FORBIDDEN (another address), GONE (expired, declined, cancelled, or used and the membership ended since)
 */
export async function acceptInvitation(actor: UserActor, input: { invitationId: string; name?: string }): Promise<{ home: string }> {
  return inTransaction(async (tx) => {
    const invitation = await holdInvitation(actor, input.invitationId, tx);
    const { id, organizationId, role } = invitation;
    const { slug } = invitation.organization;
    const state = stateOf(invitation);
    const membership = await findMembership(actor.userId, slug, tx);
    if (membership && isRole(membership.role) && state === "accepted") return { home: homePath(slug, membership.role) };
    if (state !== "pending") throw new AppError("GONE", refusals[state]);
    if (!actor.name && input.name) await updateUserName(actor.userId, input.name, tx);
    await insertMember({ organizationId }, actor.userId, role, tx);
    await updateInvitation({ organizationId }, id, { status: "accepted" }, tx);
    await recordAudit(tx, actor, { action: "invitation.accepted", subjectId: id, organizationId, after: { email: actor.email, role } });
    return { home: homePath(slug, membership && isRole(membership.role) ? membership.role : role) };
  });
}

/**
 * Says no. Declining twice changes nothing.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN (another address), GONE (no longer open)
 */
export async function declineInvitation(actor: UserActor, input: { invitationId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const invitation = await holdInvitation(actor, input.invitationId, tx);
    const state = stateOf(invitation);
    if (state === "rejected") return;
    if (state !== "pending") throw new AppError("GONE", refusals[state]);
    const { id, organizationId } = invitation;
    await updateInvitation({ organizationId }, id, { status: "rejected" }, tx);
    await recordAudit(tx, actor, { action: "invitation.declined", subjectId: id, organizationId });
  });
}
