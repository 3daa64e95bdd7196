import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { cancelInvitation, inviteMembers, listInvitations, resendInvitation } from "@/lib/services/invitation-service";
import { createMember, createOrganization, unique } from "../../support/factories";
import { mailsTo } from "../../support/local-stack";

const day = 86_400_000;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let admin: MemberActor;
let foreign: MemberActor;

beforeAll(async () => {
  organization = await createOrganization({ name: "Northwind Academy" });
  owner = await createMember(organization, "owner");
  admin = await createMember(organization, "admin");
  foreign = await createMember(await createOrganization(), "owner");
});

const newAddress = () => `${unique("guest")}@example.test`;
const drain = () => drainJobs(new Date(Date.now() + 15_000));
const invitationTo = (email: string) => db.invitation.findFirstOrThrow({ where: { organizationId: organization.id, email } });
const expire = (email: string) => db.invitation.updateMany({ where: { email }, data: { expiresAt: new Date(Date.now() - 1000) } });

async function invited(by: MemberActor = owner, role: "learner" | "admin" | "owner" = "learner") {
  const email = newAddress();
  await inviteMembers(by, { addresses: [email], role });
  return invitationTo(email);
}

describe("inviting", () => {
  test("each address gets a row for seven days, an audit entry and one mail", async () => {
    const addresses = [newAddress(), newAddress()];
    const report = await inviteMembers(admin, { addresses, role: "instructor" });
    expect(report).toEqual({ invited: addresses, alreadyMembers: [], alreadyInvited: [] });
    await drain();
    for (const email of addresses) {
      const invitation = await invitationTo(email);
      expect(invitation).toMatchObject({ status: "pending", role: "instructor", inviterId: admin.userId });
      expect(Math.abs(invitation.expiresAt.getTime() - Date.now() - 7 * day)).toBeLessThan(60_000);
      const [mail, ...more] = await mailsTo(email);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe(`${admin.name} invites you to Northwind Academy`);
      expect(mail?.text).toContain(`/invitations/${invitation.id}`);
      expect(mail?.text).toMatch(/as an instructor[\s\S]*good for seven days/);
      expect(await db.auditEvent.count({ where: { action: "member.invited", subjectId: invitation.id } })).toBe(1);
    }
  });

  test("members and invited addresses are skipped and named, the others are invited", async () => {
    const { email: pending } = await invited();
    const fresh = newAddress();
    const report = await inviteMembers(owner, { addresses: [admin.email, pending, fresh], role: "learner" });
    expect(report).toEqual({ invited: [fresh], alreadyMembers: [admin.email], alreadyInvited: [pending] });
  });

  test("the same address invited at the same moment gets one invitation and one mail", async () => {
    const email = newAddress();
    const reports = await Promise.all(Array.from({ length: 4 }, () => inviteMembers(owner, { addresses: [email], role: "learner" })));
    expect(reports.flatMap((report) => report.invited)).toEqual([email]);
    await drain();
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test("an expired invitation is renewed with the new role instead of doubled", async () => {
    const { id, email } = await invited();
    await expire(email);
    expect(await inviteMembers(owner, { addresses: [email], role: "admin" })).toMatchObject({ invited: [email] });
    const renewed = await invitationTo(email);
    expect(renewed).toMatchObject({ id, role: "admin" });
    expect(renewed.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * day);
  });

  test("the same address may be invited to two organizations", async () => {
    const { email } = await invited();
    expect(await inviteMembers(foreign, { addresses: [email], role: "learner" })).toMatchObject({ invited: [email] });
  });

  test("an admin invites no owner, and takes over no owner's expired invitation", async () => {
    await expect(inviteMembers(admin, { addresses: [newAddress()], role: "owner" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { email } = await invited(owner, "owner");
    await expire(email);
    expect(await inviteMembers(admin, { addresses: [email], role: "learner" })).toMatchObject({ invited: [], alreadyInvited: [email] });
    expect(await invitationTo(email)).toMatchObject({ role: "owner" });
  });

  test.each(["instructor", "learner"] as const)("who is %s invites nobody", async (role) => {
    const actor = await createMember(organization, role);
    const email = newAddress();
    await expect(inviteMembers(actor, { addresses: [email], role: "learner" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await db.invitation.count({ where: { email } })).toBe(0);
  });
});

describe("sending again", () => {
  test("it starts the seven days anew and mails once more", async () => {
    const { id, email } = await invited();
    await drain();
    await expire(email);
    await resendInvitation(admin, { invitationId: id });
    await drain();
    expect((await invitationTo(email)).expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * day);
    expect(await mailsTo(email)).toHaveLength(2);
    expect(await db.auditEvent.count({ where: { action: "invitation.resent", subjectId: id } })).toBe(1);
  });

  test("the fourth time within an hour is refused and mails nothing", async () => {
    const { id, email } = await invited();
    for (let count = 0; count < 3; count += 1) await resendInvitation(owner, { invitationId: id });
    await expect(resendInvitation(owner, { invitationId: id })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await drain();
    expect(await mailsTo(email)).toHaveLength(4);
  });
});

describe("cancelling", () => {
  test("it can no longer be sent or cancelled, and its waiting mail is not sent", async () => {
    const { id, email } = await invited();
    await cancelInvitation(admin, { invitationId: id });
    await expect(cancelInvitation(admin, { invitationId: id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(resendInvitation(admin, { invitationId: id })).rejects.toMatchObject({ code: "CONFLICT" });
    await drain();
    expect(await mailsTo(email)).toEqual([]);
    expect(await db.auditEvent.count({ where: { action: "invitation.canceled", subjectId: id } })).toBe(1);
  });

  test("the address may be invited again afterwards", async () => {
    const { id, email } = await invited();
    await cancelInvitation(owner, { invitationId: id });
    expect(await inviteMembers(owner, { addresses: [email], role: "learner" })).toMatchObject({ invited: [email] });
  });

  test("another organization's invitation is not found, an owner's is not for admins", async () => {
    const { id } = await invited(owner, "owner");
    for (const act of [cancelInvitation, resendInvitation]) {
      await expect(act(foreign, { invitationId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(act(admin, { invitationId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await db.invitation.findUnique({ where: { id } })).toMatchObject({ status: "pending" });
  });
});

test("the list holds this organization's open invitations, expired ones marked, and says which the reader may touch", async () => {
  const own = await createOrganization();
  const [reader, boss] = [await createMember(own, "admin"), await createMember(own, "owner")];
  const addresses = Array.from({ length: 27 }, newAddress);
  await inviteMembers(boss, { addresses, role: "learner" });
  const ownerAddress = newAddress();
  await inviteMembers(boss, { addresses: [ownerAddress], role: "owner" });
  await expire(ownerAddress);
  const pages = await Promise.all([1, 2].map((page) => listInvitations(reader, { page })));
  const items = pages.flatMap((page) => page.items);
  expect(pages.map((page) => [page.items.length, page.total])).toEqual([
    [25, 28],
    [3, 28],
  ]);
  expect(new Set(items.map((item) => item.email))).toEqual(new Set([...addresses, ownerAddress]));
  expect(items.filter((item) => item.expired || !item.mayManage).map((item) => item.email)).toEqual([ownerAddress]);
  const learner = await createMember(own, "learner");
  await expect(listInvitations(learner, { page: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
