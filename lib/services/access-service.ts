import "server-only";
import { pickVariant } from "../core/pick-variant";
import { findMembership, listMemberships } from "../data/member";
import type { MemberActor, UserActor } from "../policies/actor";
import { homePath } from "../policies/member-policy";
import { isRole, type Role } from "../policies/permission";
import { findPublicUrls } from "./failover-service";

/** The person as a member of that organization, or null when there is no such organization or membership. */
export async function findMemberActor(user: UserActor, organizationSlug: string): Promise<MemberActor | null> {
  const membership = await findMembership(user.userId, organizationSlug);
  if (!membership || !isRole(membership.role)) return null;
  return { ...user, kind: "member", memberId: membership.id, role: membership.role, organization: membership.organization };
}

/** An organization of the person, and where they start in it. */
export type OwnOrganization = { slug: string; name: string; role: Role; home: string; logo: string | null };

/** Of a logo as the frames show it, on a sharp screen; pixels. */
const LOGO_WIDTH = 128;

/** The organizations that the person belongs to, by name; at most 100. */
export async function listOwnOrganizations(actor: { userId: string }): Promise<OwnOrganization[]> {
  const memberships = await listMemberships(actor.userId);
  const urlOf = await findPublicUrls(memberships.flatMap(({ organization }) => organization.logoFile?.derived ?? []));
  return memberships.flatMap(({ role, organization: { slug, name, logoFile } }) => {
    const logo = pickVariant(logoFile?.derived ?? [], LOGO_WIDTH);
    return isRole(role) ? [{ slug, name, role, home: homePath(slug, role), logo: logo ? urlOf(logo) : null }] : [];
  });
}
