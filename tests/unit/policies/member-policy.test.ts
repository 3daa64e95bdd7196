import { expect, test } from "vitest";
import type { MemberActor } from "@/lib/policies/actor";
import { canManageRole, grantableRoles, homePath } from "@/lib/policies/member-policy";
import { roles, type Role } from "@/lib/policies/permission";

const actor = (role: Role): MemberActor => ({
  kind: "member",
  userId: "user-0001",
  email: "ada@example.test",
  name: "Ada",
  platformAdmin: false,
  memberId: "member-0001",
  role,
  organization: { id: "org-00001", slug: "northwind", name: "Northwind", storagePrefix: "organizations/northwind/", accentColor: null },
});

test.each<[Role, Role[]]>([
  ["owner", ["owner", "admin", "instructor", "learner"]],
  ["admin", ["admin", "instructor", "learner"]],
  ["instructor", []],
  ["learner", []],
])("an actor who is %s gives the roles %j", (role, given) => {
  expect(grantableRoles(actor(role))).toEqual(given);
});

test("only owners touch owners, only owners and admins touch the others", () => {
  const table = Object.fromEntries(roles.map((role) => [role, roles.filter((target) => canManageRole(actor(role), target))]));
  expect(table).toEqual({
    owner: ["owner", "admin", "instructor", "learner"],
    admin: ["admin", "instructor", "learner"],
    instructor: [],
    learner: [],
  });
});

test("a platform admin has no more rights in an organization than their role there", () => {
  expect(grantableRoles({ ...actor("learner"), platformAdmin: true })).toEqual([]);
});

test("who looks after the academy starts in its admin side, a learner with the courses", () => {
  expect(roles.map((role) => homePath("northwind", role))).toEqual([
    "/o/northwind/admin",
    "/o/northwind/admin",
    "/o/northwind/admin",
    "/o/northwind",
  ]);
});
