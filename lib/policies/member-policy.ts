import type { MemberActor } from "./actor";
import { can } from "./access-policy";
import { roleHas, roles, type Role } from "./permission";

/** The roles that this member may give, to a colleague or in an invitation: only an owner makes owners. */
export function grantableRoles(actor: MemberActor): Role[] {
  if (!can(actor, "member.manage")) return [];
  return roles.filter((role) => role !== "owner" || can(actor, "owner.manage"));
}

/** May this member change or remove, or cancel the invitation of, somebody of that role? Only an owner touches owners. */
export function canManageRole(actor: MemberActor, target: Role): boolean {
  return can(actor, target === "owner" ? "owner.manage" : "member.manage");
}

/** Where a member starts: those who may look after the academy in its admin side, the others with their courses. */
export function homePath(slug: string, role: Role): string {
  return roleHas(role, "admin.view") ? `/o/${slug}/admin` : `/o/${slug}`;
}
