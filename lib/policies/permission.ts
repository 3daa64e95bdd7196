/** Roles in an organization, the most powerful first. */
export const roles = ["owner", "admin", "instructor", "learner"] as const;
export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

const learner = ["course.learn"] as const;
const instructor = [...learner, "admin.view", "course.author", "media.upload", "progress.view"] as const;
const admin = [
  ...instructor,
  "course.delete",
  "member.view",
  "member.manage",
  "organization.update",
  "storage.view",
  "storage.manage",
] as const;
const owner = [...admin, "owner.manage", "storage.empty"] as const;

export type Permission = (typeof owner)[number];

const permissionsOf: Record<Role, readonly Permission[]> = { owner, admin, instructor, learner };

/** May a member of this role do that? The one table of rights inside an organization. */
export function roleHas(role: Role, permission: Permission): boolean {
  return permissionsOf[role].includes(permission);
}

/** The roles that have a permission. */
export function rolesWith(permission: Permission): Role[] {
  return roles.filter((role) => roleHas(role, permission));
}
