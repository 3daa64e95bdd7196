import { beforeAll, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor, UserActor } from "@/lib/policies/actor";
import type { Role } from "@/lib/policies/permission";
import { findMemberActor, listOwnOrganizations } from "@/lib/services/access-service";
import { acceptInvitation, declineInvitation, findInvitationView, listOwnInvitations } from "@/lib/services/invitation-answer-service";
import { cancelInvitation, inviteMembers } from "@/lib/services/invitation-service";
import { removeMember } from "@/lib/services/member-service";
import { createMember, createOrganization, createUserActor } from "../../support/factories";
import { textWith } from "../../support/matchers";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;

beforeAll(async () => {
  organization = await createOrganization({ name: "Northwind Academy" });
  owner = await createMember(organization, "owner");
});

async function invite(person: UserActor, role: Role = "learner"): Promise<string> {
  await inviteMembers(owner, { addresses: [person.email], role });
  const { id } = await db.invitation.findFirstOrThrow({ where: { email: person.email, status: "pending" } });
  return id;
}

/**
 * Starts calls while the invitation's row is held by somebody else, and lets go only once all of them wait for it: whoever reads before
 * waiting has read the past.
 */
async function atTheSameMoment<T>(invitationId: string, calls: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  let started: Promise<PromiseSettledResult<T>[]> | undefined;
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Invitation" WHERE "id" = ${invitationId} FOR UPDATE`;
    started = Promise.allSettled(calls.map((call) => call()));
    await vi.waitFor(
      async () => {
        const waiting = await db.$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(calls.length);
      },
      { timeout: 5_000, interval: 20 },
    );
  });
  return started ?? [];
}

const membershipsOf = (person: UserActor) => db.member.findMany({ where: { organizationId: organization.id, userId: person.userId } });

describe("accepting", () => {
  test("the invited person becomes a member with the role, once, and the audit says so", async () => {
    const person = await createUserActor();
    const invitationId = await invite(person, "instructor");
    expect(await acceptInvitation(person, { invitationId })).toEqual({ home: `/o/${organization.slug}/admin` });
    expect(await membershipsOf(person)).toMatchObject([{ role: "instructor" }]);
    expect(await findMemberActor(person, organization.slug)).toMatchObject({ kind: "member", role: "instructor" });
    const events = await db.auditEvent.findMany({ where: { action: "invitation.accepted", subjectId: invitationId } });
    expect(events).toMatchObject([{ organizationId: organization.id, actorId: person.userId }]);
  });

  test("twice, or in four tabs at once, makes one member and says yes each time", async () => {
    const person = await createUserActor();
    const invitationId = await invite(person);
    const accept = () => acceptInvitation(person, { invitationId });
    const outcomes = await atTheSameMoment(invitationId, [accept, accept, accept, accept]);
    const yes = { home: `/o/${organization.slug}` };
    expect(outcomes).toEqual(outcomes.map(() => ({ status: "fulfilled", value: yes })));
    expect(await accept()).toEqual(yes);
    expect(await membershipsOf(person)).toHaveLength(1);
    expect(await db.auditEvent.count({ where: { action: "invitation.accepted", subjectId: invitationId } })).toBe(1);
  });

  test("a person without a name gets the one they type, a known name stays", async () => {
    const [nameless, named] = [{ ...(await createUserActor()), name: "" }, await createUserActor()];
    await acceptInvitation(nameless, { invitationId: await invite(nameless), name: "Ada Mills" });
    await acceptInvitation(named, { invitationId: await invite(named), name: "Somebody Else" });
    expect(await db.user.findUnique({ where: { id: nameless.userId } })).toMatchObject({ name: "Ada Mills" });
    expect(await db.user.findUnique({ where: { id: named.userId } })).toMatchObject({ name: named.name });
  });

  test("another person is told whose invitation it is, and becomes no member", async () => {
    const [person, other] = [await createUserActor(), await createUserActor()];
    const invitationId = await invite(person);
    await expect(acceptInvitation(other, { invitationId })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: textWith(person.email),
    });
    await expect(declineInvitation(other, { invitationId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await membershipsOf(other)).toEqual([]);
  });

  test("an invitation that does not exist is not found", async () => {
    const person = await createUserActor();
    await expect(acceptInvitation(person, { invitationId: "00000000-0000" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findInvitationView("00000000-0000")).toBeNull();
    expect(await findInvitationView("a\u0000b")).toBeNull();
  });

  test("expired, cancelled and declined ones are gone, each with its reason", async () => {
    const [late, unwanted, unwilling] = [await createUserActor(), await createUserActor(), await createUserActor()];
    const ids = { late: await invite(late), unwanted: await invite(unwanted), unwilling: await invite(unwilling) };
    await db.invitation.update({ where: { id: ids.late }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await cancelInvitation(owner, { invitationId: ids.unwanted });
    await declineInvitation(unwilling, { invitationId: ids.unwilling });
    const refused = (person: UserActor, invitationId: string) => expect(acceptInvitation(person, { invitationId })).rejects;
    await refused(late, ids.late).toMatchObject({ code: "GONE", message: textWith("expired") });
    await refused(unwanted, ids.unwanted).toMatchObject({ code: "GONE", message: textWith("taken back") });
    await refused(unwilling, ids.unwilling).toMatchObject({ code: "GONE", message: textWith("declined") });
    expect(await db.member.count({ where: { userId: { in: [late.userId, unwanted.userId, unwilling.userId] } } })).toBe(0);
  });

  test("a removed member does not come back by the used link", async () => {
    const person = await createUserActor();
    const invitationId = await invite(person);
    await acceptInvitation(person, { invitationId });
    const [membership] = await membershipsOf(person);
    await removeMember(owner, { memberId: membership?.id ?? "" });
    await expect(acceptInvitation(person, { invitationId })).rejects.toMatchObject({ code: "GONE" });
    expect(await membershipsOf(person)).toEqual([]);
  });

  test("of accepting and cancelling at the same moment, exactly one happens", async () => {
    const person = await createUserActor();
    const invitationId = await invite(person);
    const outcomes = await atTheSameMoment<unknown>(invitationId, [
      () => acceptInvitation(person, { invitationId }),
      () => cancelInvitation(owner, { invitationId }),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const accepted = outcomes[0]?.status === "fulfilled";
    expect(await membershipsOf(person)).toHaveLength(accepted ? 1 : 0);
    expect(await db.invitation.findUnique({ where: { id: invitationId } })).toMatchObject({ status: accepted ? "accepted" : "canceled" });
  });
});

test("declining twice changes nothing, and the page says it was declined", async () => {
  const person = await createUserActor();
  const invitationId = await invite(person);
  await declineInvitation(person, { invitationId });
  await declineInvitation(person, { invitationId });
  expect(await findInvitationView(invitationId)).toMatchObject({ state: "rejected" });
  expect(await db.auditEvent.count({ where: { action: "invitation.declined", subjectId: invitationId } })).toBe(1);
});

test("the page shows who invites whom to what, also to the signed out", async () => {
  const person = await createUserActor();
  const invitationId = await invite(person);
  expect(await findInvitationView(invitationId)).toMatchObject({
    state: "pending",
    email: person.email,
    role: "learner",
    invitedBy: owner.name,
    organization: { name: "Northwind Academy", slug: organization.slug },
  });
});

test("a person sees the open invitations to their own address, and their organizations by name", async () => {
  const person = await createUserActor();
  const invitationId = await invite(person);
  expect(await listOwnInvitations(person)).toEqual([{ id: invitationId, organizationName: "Northwind Academy" }]);
  expect(await listOwnOrganizations(person)).toEqual([]);
  await acceptInvitation(person, { invitationId });
  expect(await listOwnInvitations(person)).toEqual([]);
  expect(await listOwnOrganizations(person)).toEqual([
    { slug: organization.slug, name: "Northwind Academy", role: "learner", home: `/o/${organization.slug}`, logo: null },
  ]);
});
