import { AppError } from "../core/app-error";
import type { MemberActor } from "./actor";
import { roleHas, type Permission } from "./permission";

/** May this member do that in the organization they act in? */
export function can(actor: MemberActor, permission: Permission): boolean {
  return roleHas(actor.role, permission);
}

/** Throws FORBIDDEN unless the member's role has the permission. Services call it, whatever the gate has checked. */
export function assertCan(actor: MemberActor, permission: Permission): void {
  if (!can(actor, permission)) {
    throw new AppError("FORBIDDEN", "Your role in this organization does not allow that. Ask an owner or admin.", {
      log: `${actor.role} lacks ${permission}`,
    });
  }
}
