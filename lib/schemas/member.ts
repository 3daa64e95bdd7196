import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema } from "../core/page";
import { roles, type Role } from "../policies/permission";

export const roleSchema = z.enum(roles, "Choose a role.");

/** Roles for people: their name, and what they may do. */
export const roleNames: Record<Role, { label: string; article: string; hint: string }> = {
  owner: { label: "Owner", article: "an owner", hint: "Everything, the other owners included" },
  admin: { label: "Admin", article: "an admin", hint: "People, settings, courses and progress" },
  instructor: { label: "Instructor", article: "an instructor", hint: "Writes courses and sees progress" },
  learner: { label: "Learner", article: "a learner", hint: "Takes courses" },
};

/** Words that a list is searched for: at most 100 characters, nothing when empty. */
export const searchSchema = z
  .string()
  .trim()
  .max(100)
  .transform((words) => words || undefined)
  .optional()
  .catch(undefined);

/** What the address of the members page says; what makes no sense is left out. */
export const listMembersSchema = z.object({ q: searchSchema, role: roleSchema.optional().catch(undefined), page: pageNumberSchema });

export const changeRoleSchema = z.object({ memberId: idSchema, role: roleSchema });
export const removeMemberSchema = z.object({ memberId: idSchema });

/** One row of the members page. `may` is what the person who looks at it may do to it. */
export type MemberView = {
  id: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
  self: boolean;
  may: { manage: boolean; roles: Role[] };
};
