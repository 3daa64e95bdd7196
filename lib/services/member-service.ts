import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import type { Page } from "../core/page";
import { countMembers, deleteMember, findMember, listMembers as findMembers, updateMemberRole } from "../data/member";
import { lockOrganization } from "../data/organization";
import { inTransaction, type Db } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { canManageRole, grantableRoles } from "../policies/member-policy";
import { isRole, type Role } from "../policies/permission";
import type { MemberView } from "../schemas/member";
import { recordAudit } from "./audit-service";

const PAGE_SIZE = 25;
const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });

/** A page of 25 members by address, narrowed by words in name or address and by role. */
export async function listMembers(actor: MemberActor, input: { q?: string; role?: Role; page: number }): Promise<Page<MemberView>> {
  assertCan(actor, "member.view");
  const filter = { search: input.q, role: input.role };
  const [rows, total] = await Promise.all([
    findMembers(scopeOf(actor), filter, { skip: (input.page - 1) * PAGE_SIZE, take: PAGE_SIZE }),
    countMembers(scopeOf(actor), filter),
  ]);
  const items = rows.flatMap(({ id, role, createdAt, user }): MemberView[] => {
    if (!isRole(role)) return [];
    const manage = canManageRole(actor, role);
    const may = { manage, roles: manage ? grantableRoles(actor) : [] };
    return [{ id, name: user.name, email: user.email, role, joinedAt: createdAt, self: user.id === actor.userId, may }];
  });
  return { items, total, page: input.page, pageSize: PAGE_SIZE };
}

/**
 * The member to change, with the organization held: what this transaction then reads of its roles stays true until it ends. The actor's
 * own role is read again, since it may have been taken away while the request waited.
 */
async function holdMember(actor: MemberActor, memberId: string, tx: Db) {
  await lockOrganization(scopeOf(actor), tx);
  const own = await findMember(scopeOf(actor), actor.memberId, tx);
  if (!own || !isRole(own.role)) throw new AppError("FORBIDDEN", "You are no longer a member of this organization.");
  const target = await findMember(scopeOf(actor), memberId, tx);
  if (!target || !isRole(target.role)) throw notFoundError("This member");
  return { actor: { ...actor, role: own.role }, target: { ...target, role: target.role } };
}

function assertMayManage(actor: MemberActor, role: Role): void {
  assertCan(actor, "member.manage");
  if (!canManageRole(actor, role)) throw new AppError("FORBIDDEN", "Only an owner can change or remove an owner, or make one.");
}

async function assertAnotherOwner(actor: MemberActor, role: Role, act: string, tx: Db): Promise<void> {
  if (role === "owner" && (await countMembers(scopeOf(actor), { role: "owner" }, tx)) < 2) {
    throw new AppError("CONFLICT", `The last owner can't ${act}. Make somebody else an owner first.`);
  }
}

/**
 * Gives a member another role. The same role again changes nothing.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN (owners are for owners), CONFLICT (the last owner)
 */
export async function changeMemberRole(actor: MemberActor, input: { memberId: string; role: Role }): Promise<void> {
  await inTransaction(async (tx) => {
    const held = await holdMember(actor, input.memberId, tx);
    const { id, role, user } = held.target;
    assertMayManage(held.actor, role);
    assertMayManage(held.actor, input.role);
    if (role === input.role) return;
    await assertAnotherOwner(actor, role, "be given another role", tx);
    await updateMemberRole(scopeOf(actor), id, input.role, tx);
    const before = { email: user.email, role };
    await recordAudit(tx, actor, { action: "member.role_changed", subjectId: id, before, after: { email: user.email, role: input.role } });
  });
}

async function removeHeld(actor: MemberActor, memberId: string, act: string, tx: Db): Promise<void> {
  const held = await holdMember(actor, memberId, tx);
  const { id, role, user } = held.target;
  if (id !== actor.memberId) assertMayManage(held.actor, role);
  await assertAnotherOwner(actor, role, act, tx);
  await deleteMember(scopeOf(actor), id, tx);
  await recordAudit(tx, actor, { action: "member.removed", subjectId: id, before: { email: user.email, role } });
}

/**
 * Ends a membership. Access ends with the next request; enrolments and progress stay, and are there again after a new invitation.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT (the last owner)
 */
export async function removeMember(actor: MemberActor, input: { memberId: string }): Promise<void> {
  assertCan(actor, "member.manage");
  await inTransaction((tx) => removeHeld(actor, input.memberId, "be removed", tx));
}

/**
 * Ends one's own membership, whatever the role.
 *
 * @throws AppError CONFLICT (the last owner)
 */
export async function leaveOrganization(actor: MemberActor): Promise<void> {
  await inTransaction((tx) => removeHeld(actor, actor.memberId, "leave", tx));
}
