import "server-only";
import { findMembership } from "../data/member";
import type { MemberActor, UserActor } from "../policies/actor";
import { isRole } from "../policies/permission";

/** The person as a member of that organization, or null when there is no such organization or membership. */
export async function findMemberActor(user: UserActor, organizationSlug: string): Promise<MemberActor | null> {
  const membership = await findMembership(user.userId, organizationSlug);
  if (!membership || !isRole(membership.role)) return null;
  return { ...user, kind: "member", memberId: membership.id, role: membership.role, organization: membership.organization };
}
