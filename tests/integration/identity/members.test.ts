import { describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { roles, type Role } from "@/lib/policies/permission";
import { findMemberActor } from "@/lib/services/access-service";
import { changeMemberRole, leaveOrganization, listMembers, removeMember } from "@/lib/services/member-service";
import { createCourse, createEnrolment, createMember, createOrganization } from "../../support/factories";
import { textWith } from "../../support/matchers";

type Team = { organization: Awaited<ReturnType<typeof createOrganization>> } & Record<Role, MemberActor>;

async function createTeam(): Promise<Team> {
  const organization = await createOrganization();
  const [owner, admin, instructor, learner] = await Promise.all(roles.map((role) => createMember(organization, role)));
  if (!owner || !admin || !instructor || !learner) throw new Error("a role is missing");
  return { organization, owner, admin, instructor, learner };
}

const roleOf = async (actor: MemberActor) => (await db.member.findUnique({ where: { id: actor.memberId } }))?.role;
const ownersOf = (team: Team) => db.member.count({ where: { organizationId: team.organization.id, role: "owner" } });

describe("changing a role", () => {
  test("it holds at once and the audit knows before and after", async () => {
    const { owner, learner, organization } = await createTeam();
    await changeMemberRole(owner, { memberId: learner.memberId, role: "instructor" });
    expect(await findMemberActor({ ...learner, kind: "user" }, organization.slug)).toMatchObject({ role: "instructor" });
    const [event] = await db.auditEvent.findMany({ where: { action: "member.role_changed", subjectId: learner.memberId } });
    expect(event).toMatchObject({ before: { role: "learner" }, after: { role: "instructor" }, actorId: owner.userId });
  });

  test("the same role again changes and records nothing", async () => {
    const { owner, learner } = await createTeam();
    await changeMemberRole(owner, { memberId: learner.memberId, role: "learner" });
    expect(await db.auditEvent.count({ where: { subjectId: learner.memberId } })).toBe(0);
  });

  test("an admin neither touches an owner nor makes one", async () => {
    const { owner, admin, learner } = await createTeam();
    const refused = { code: "FORBIDDEN" };
    await expect(changeMemberRole(admin, { memberId: owner.memberId, role: "learner" })).rejects.toMatchObject(refused);
    await expect(changeMemberRole(admin, { memberId: learner.memberId, role: "owner" })).rejects.toMatchObject(refused);
    await expect(changeMemberRole(admin, { memberId: admin.memberId, role: "owner" })).rejects.toMatchObject(refused);
    await expect(removeMember(admin, { memberId: owner.memberId })).rejects.toMatchObject(refused);
    expect([await roleOf(owner), await roleOf(admin), await roleOf(learner)]).toEqual(["owner", "admin", "learner"]);
  });

  test.each(["instructor", "learner"] as const)("who is %s changes nobody's role and removes nobody", async (role) => {
    const team = await createTeam();
    const target = { memberId: team.learner.memberId };
    await expect(changeMemberRole(team[role], { ...target, role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(removeMember(team[role], target)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await roleOf(team.learner)).toBe("learner");
  });

  test("a member of another organization is not found", async () => {
    const [{ owner }, { learner }] = [await createTeam(), await createTeam()];
    await expect(changeMemberRole(owner, { memberId: learner.memberId, role: "admin" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeMember(owner, { memberId: learner.memberId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await roleOf(learner)).toBe("learner");
  });
});

describe("the last owner", () => {
  test("can't be given another role, removed, or leave", async () => {
    const team = await createTeam();
    const { owner } = team;
    const refused = { code: "CONFLICT", message: textWith("last owner") };
    await expect(changeMemberRole(owner, { memberId: owner.memberId, role: "admin" })).rejects.toMatchObject(refused);
    await expect(removeMember(owner, { memberId: owner.memberId })).rejects.toMatchObject(refused);
    await expect(leaveOrganization(owner)).rejects.toMatchObject(refused);
    expect(await ownersOf(team)).toBe(1);
  });

  test("of two owners one may leave", async () => {
    const team = await createTeam();
    await changeMemberRole(team.owner, { memberId: team.admin.memberId, role: "owner" });
    await leaveOrganization(team.owner);
    expect(await ownersOf(team)).toBe(1);
  });

  test("two owners who demote each other at the same moment leave one owner", async () => {
    for (let round = 0; round < 5; round += 1) {
      const team = await createTeam();
      const second = await createMember(team.organization, "owner");
      const outcomes = await Promise.allSettled([
        changeMemberRole(team.owner, { memberId: second.memberId, role: "learner" }),
        changeMemberRole(second, { memberId: team.owner.memberId, role: "learner" }),
      ]);
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      expect(await ownersOf(team)).toBe(1);
    }
  });

  test("two owners who leave at the same moment leave one owner", async () => {
    const team = await createTeam();
    const second = await createMember(team.organization, "owner");
    const outcomes = await Promise.allSettled([leaveOrganization(team.owner), leaveOrganization(second)]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await ownersOf(team)).toBe(1);
  });

  test("an owner who was demoted meanwhile can't act on what they were", async () => {
    const team = await createTeam();
    const second = await createMember(team.organization, "owner");
    await changeMemberRole(team.owner, { memberId: second.memberId, role: "learner" });
    await expect(changeMemberRole(second, { memberId: team.owner.memberId, role: "learner" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await ownersOf(team)).toBe(1);
  });
});

describe("removing", () => {
  test("access ends at once, progress stays and is there after the person returns", async () => {
    const { owner, learner, organization } = await createTeam();
    const course = await createCourse(organization);
    await createEnrolment(course, learner.userId);
    await removeMember(owner, { memberId: learner.memberId });
    expect(await findMemberActor({ ...learner, kind: "user" }, organization.slug)).toBeNull();
    expect(await db.enrolment.count({ where: { courseId: course.id, userId: learner.userId } })).toBe(1);
    const [event] = await db.auditEvent.findMany({ where: { action: "member.removed", subjectId: learner.memberId } });
    expect(event).toMatchObject({ before: { email: learner.email, role: "learner" } });
  });

  test("the second of two removals finds nobody", async () => {
    const { owner, learner } = await createTeam();
    const remove = () => removeMember(owner, { memberId: learner.memberId });
    const outcomes = await Promise.allSettled([remove(), remove()]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    await expect(remove()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each(["admin", "instructor", "learner"] as const)("who is %s may leave", async (role) => {
    const team = await createTeam();
    await leaveOrganization(team[role]);
    expect(await roleOf(team[role])).toBeUndefined();
  });
});

describe("the list", () => {
  test("it shows this organization's members only, by address, and marks the reader", async () => {
    const { owner, admin, instructor, learner } = await createTeam();
    const { items, total } = await listMembers(owner, { page: 1 });
    expect(items.map((item) => item.email)).toEqual([owner, admin, instructor, learner].map((actor) => actor.email).toSorted());
    expect(total).toBe(4);
    expect(items.filter((item) => item.self).map((item) => item.id)).toEqual([owner.memberId]);
  });

  test("an admin may give admins' roles to all but owners", async () => {
    const { admin, owner } = await createTeam();
    const { items } = await listMembers(admin, { page: 1 });
    expect(items.find((item) => item.id === owner.memberId)?.may).toEqual({ manage: false, roles: [] });
    expect(items.find((item) => item.id === admin.memberId)?.may).toEqual({ manage: true, roles: ["admin", "instructor", "learner"] });
  });

  test("words are looked for in name and address without regard to case, and roles narrow it", async () => {
    const { owner, learner } = await createTeam();
    const found = async (input: { q?: string; role?: Role }) =>
      (await listMembers(owner, { ...input, page: 1 })).items.map((item) => item.id);
    expect(await found({ q: learner.email.toUpperCase() })).toEqual([learner.memberId]);
    expect(await found({ q: learner.name.toUpperCase(), role: "learner" })).toEqual([learner.memberId]);
    expect(await found({ q: learner.name, role: "admin" })).toEqual([]);
    expect(await found({ q: "%" })).toEqual([]);
    expect(await found({ role: "owner" })).toEqual([owner.memberId]);
  });

  test("a page holds 25, the next one the rest", async () => {
    const { owner, organization } = await createTeam();
    for (let count = 0; count < 23; count += 1) await createMember(organization, "learner");
    const pages = await Promise.all([1, 2, 3].map((page) => listMembers(owner, { page })));
    expect(pages.map((page) => page.items.length)).toEqual([25, 2, 0]);
    expect(new Set(pages.flatMap((page) => page.items.map((item) => item.id))).size).toBe(27);
  });

  test.each(["instructor", "learner"] as const)("who is %s does not see it", async (role) => {
    const team = await createTeam();
    await expect(listMembers(team[role], { page: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
