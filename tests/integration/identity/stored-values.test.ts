import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { createOrganization, createUser, unique } from "../../support/factories";

const refused = (constraint: string) => ({ message: expect.stringContaining(constraint) as unknown });

test("the database itself refuses an address with capitals", async () => {
  await expect(createUser({ email: `${unique("Ada")}@example.test` })).rejects.toMatchObject(refused("User_email_lower_case"));
});

test("the database itself refuses an unknown role, state or colour", async () => {
  const [organization, user] = [await createOrganization(), await createUser()];
  const scope = { organizationId: organization.id };
  await expect(db.member.create({ data: { ...scope, userId: user.id, role: "root" } })).rejects.toMatchObject(refused("Member_role_known"));
  const invitation = { ...scope, email: "a@example.test", role: "learner", inviterId: user.id, expiresAt: new Date() };
  await expect(db.invitation.create({ data: { ...invitation, status: "open" } })).rejects.toMatchObject(refused("Invitation_status_known"));
  await expect(createOrganization({ accentColor: "red;}" })).rejects.toMatchObject(refused("Organization_accent_is_hex"));
});

test("the database itself refuses a second open invitation to one address", async () => {
  const [organization, user] = [await createOrganization(), await createUser()];
  const email = `${unique("guest")}@example.test`;
  const data = { organizationId: organization.id, email, role: "learner", status: "pending", inviterId: user.id, expiresAt: new Date() };
  await db.invitation.create({ data });
  await expect(db.invitation.create({ data })).rejects.toMatchObject({ code: "P2002" });
  await db.invitation.create({ data: { ...data, status: "canceled" } });
});
