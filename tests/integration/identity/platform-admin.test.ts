import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { promotePlatformAdmin } from "@/lib/data/user";
import { createUser } from "../../support/factories";
import { callAuth, signIn } from "./auth-http";

const [listed = ""] = env.PLATFORM_ADMIN_EMAILS;

test("a listed address is platform staff from its first sign-in, and the audit says so once", async () => {
  await signIn(listed);
  const cookie = await signIn(listed);
  expect(await (await callAuth("/get-session", { method: "GET", cookie })).json()).toMatchObject({ user: { role: "admin" } });
  const user = await db.user.findUniqueOrThrow({ where: { email: listed } });
  const events = await db.auditEvent.findMany({ where: { action: "user.promoted", subjectId: user.id } });
  expect(events).toHaveLength(1);
});

test("a person who was there before their address was listed is promoted at the next sign-in", async () => {
  const user = await createUser();
  await promotePlatformAdmin(user.id, [user.email]);
  expect(await db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: "admin" });
});

test("an address that nobody has verified promotes nobody", async () => {
  const user = await createUser({ emailVerified: false });
  await promotePlatformAdmin(user.id, [user.email]);
  expect(await db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: null });
});

test("an address that is not on the list stays as it is, and one taken off the list is not demoted", async () => {
  const [staff, other] = [await createUser({ role: "admin" }), await createUser()];
  await promotePlatformAdmin(staff.id, [listed]);
  await promotePlatformAdmin(other.id, [listed]);
  expect(await db.user.findUnique({ where: { id: staff.id } })).toMatchObject({ role: "admin" });
  expect(await db.user.findUnique({ where: { id: other.id } })).toMatchObject({ role: null });
});
