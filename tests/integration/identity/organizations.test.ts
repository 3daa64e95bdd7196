import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { drainJobs } from "@/lib/jobs/run";
import type { PlatformActor } from "@/lib/policies/actor";
import { acceptInvitation } from "@/lib/services/invitation-answer-service";
import {
  createOrganization as createTenant,
  getOrganization,
  getPlatformTotals,
  inviteOwner,
  listOrganizations,
  updateOrganization,
} from "@/lib/services/organization-service";
import { createMember, createOrganization, createPlatformActor, createUserActor, unique } from "../../support/factories";
import { mailsTo } from "../../support/local-stack";
import { textWith } from "../../support/matchers";

let platform: PlatformActor;
beforeAll(async () => {
  platform = await createPlatformActor();
});

const drain = () => drainJobs(new Date(Date.now() + 15_000));

describe("creating an organization", () => {
  test("its storage, its first owner's invitation and its audit come with it, and the owner gets in", async () => {
    const person = await createUserActor();
    const slug = unique("tenant");
    const { id } = await createTenant(platform, { name: "Contoso", slug, ownerEmail: person.email });
    const row = await db.organization.findUniqueOrThrow({ where: { id }, include: { storageAccount: true, invitations: true } });
    expect(row).toMatchObject({ name: "Contoso", slug, storagePrefix: `organizations/${slug}/` });
    expect(row.storageAccount).toMatchObject({ limitBytes: BigInt(env.STORAGE_DEFAULT_LIMIT_GB), usedBytes: 0n, reservedBytes: 0n });
    expect(await db.auditEvent.findMany({ where: { action: "organization.created", subjectId: id } })).toMatchObject([
      { organizationId: id, actorId: platform.userId },
    ]);
    await drain();
    expect(await mailsTo(person.email)).toHaveLength(1);
    const [invitation] = row.invitations;
    expect(await acceptInvitation(person, { invitationId: invitation?.id ?? "" })).toEqual({ home: `/o/${slug}/admin` });
    expect(await db.member.findMany({ where: { organizationId: id } })).toMatchObject([{ userId: person.userId, role: "owner" }]);
  });

  test("an address that is taken is refused at its field, and nothing is left of the try", async () => {
    const { slug } = await createOrganization();
    const ownerEmail = `${unique("owner")}@example.test`;
    await expect(createTenant(platform, { name: "Second", slug, ownerEmail })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fieldErrors: { slug: [textWith("already")] },
    });
    expect(await db.invitation.count({ where: { email: ownerEmail } })).toBe(0);
  });

  test("the same address submitted twice at once makes one organization", async () => {
    const input = { name: "Twice", slug: unique("twice"), ownerEmail: `${unique("owner")}@example.test` };
    const outcomes = await Promise.allSettled([
      createTenant(platform, input),
      createTenant(platform, input),
      createTenant(platform, input),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "INVALID_INPUT" });
    }
    await drain();
    expect(await mailsTo(input.ownerEmail)).toHaveLength(1);
  });
});

describe("inviting an owner on behalf of the platform", () => {
  test("an open invitation is mailed again, three times an hour", async () => {
    const { id: organizationId } = await createOrganization();
    const ownerEmail = `${unique("owner")}@example.test`;
    expect(await inviteOwner(platform, { organizationId, ownerEmail })).toMatchObject({ invited: [ownerEmail] });
    for (let count = 0; count < 3; count += 1) {
      expect(await inviteOwner(platform, { organizationId, ownerEmail })).toMatchObject({ alreadyInvited: [ownerEmail] });
    }
    await expect(inviteOwner(platform, { organizationId, ownerEmail })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await drain();
    expect(await mailsTo(ownerEmail)).toHaveLength(4);
    expect(await db.invitation.count({ where: { email: ownerEmail } })).toBe(1);
  });

  test("a member is not invited, and an organization that does not exist is not found", async () => {
    const organization = await createOrganization();
    const { email } = await createMember(organization, "learner");
    await expect(inviteOwner(platform, { organizationId: organization.id, ownerEmail: email })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(inviteOwner(platform, { organizationId: "00000000-0000", ownerEmail: email })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("changing an organization", () => {
  test("name and accent change, address and storage stay, and the audit has both sides", async () => {
    const organization = await createOrganization({ name: "Before" });
    const admin = await createMember(organization, "admin");
    await updateOrganization(admin, { name: "After", accentColor: "#274690", logoId: null });
    const { slug, storagePrefix } = organization;
    expect(await db.organization.findUnique({ where: { id: organization.id } })).toMatchObject({
      name: "After",
      accentColor: "#274690",
      slug,
      storagePrefix,
    });
    expect(await db.auditEvent.findMany({ where: { action: "organization.updated", subjectId: organization.id } })).toMatchObject([
      { before: { name: "Before", accentColor: null }, after: { name: "After", accentColor: "#274690" } },
    ]);
  });

  test("saving what is there already records nothing", async () => {
    const organization = await createOrganization({ name: "Same" });
    const owner = await createMember(organization, "owner");
    await updateOrganization(owner, { name: "Same", accentColor: null, logoId: null });
    expect(await db.auditEvent.count({ where: { subjectId: organization.id } })).toBe(0);
  });

  test.each(["instructor", "learner"] as const)("who is %s changes nothing", async (role) => {
    const organization = await createOrganization({ name: "Kept" });
    const actor = await createMember(organization, role);
    await expect(updateOrganization(actor, { name: "Taken", accentColor: null, logoId: null })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await db.organization.findUnique({ where: { id: organization.id } })).toMatchObject({ name: "Kept" });
  });
});

describe("the platform's view", () => {
  test("the list finds by name and address and counts members and storage", async () => {
    const organization = await createOrganization({ name: "Zebra Crossing Ltd", limitBytes: 5_000n });
    await createMember(organization, "learner");
    for (const q of ["zebra cross", organization.slug.toUpperCase()]) {
      const { items, total } = await listOrganizations(platform, { q, page: 1 });
      expect(total).toBe(1);
      expect(items).toMatchObject([{ id: organization.id, members: 1, courses: 0, usedBytes: 0, limitBytes: 5_000 }]);
    }
    expect((await listOrganizations(platform, { q: "no such organization", page: 1 })).items).toEqual([]);
  });

  test("one organization shows its owners and who is invited as one", async () => {
    const organization = await createOrganization();
    const owner = await createMember(organization, "owner");
    await createMember(organization, "admin");
    const ownerEmail = `${unique("owner")}@example.test`;
    await inviteOwner(platform, { organizationId: organization.id, ownerEmail });
    expect(await getOrganization(platform, organization.id)).toMatchObject({
      members: 2,
      owners: [{ email: owner.email }],
      invitedOwners: [{ email: ownerEmail, expired: false }],
    });
    await expect(getOrganization(platform, "00000000-0000")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the totals are numbers that a page can show", async () => {
    const totals = await getPlatformTotals(platform);
    expect(totals.organizations).toBe(await db.organization.count());
    expect(typeof totals.usedBytes).toBe("number");
  });
});
