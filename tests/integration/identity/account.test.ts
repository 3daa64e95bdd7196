import { expect, test } from "vitest";
import { db } from "@/lib/db";
import type { UserActor } from "@/lib/policies/actor";
import { endOtherSessions, endSession, listOwnSessions, updateOwnName } from "@/lib/services/user-service";
import { createUserActor, unique } from "../../support/factories";
import { callAuth, signIn } from "./auth-http";
import { textWith } from "../../support/matchers";

async function signedInTwice() {
  const email = `${unique("person")}@example.test`;
  const cookies = [await signIn(email), await signIn(email)] as const;
  const ids = await Promise.all(
    cookies.map(async (cookie) => {
      const response = await callAuth("/get-session", { method: "GET", cookie });
      return ((await response.json()) as { session: { id: string; userId: string } }).session;
    }),
  );
  const [here, there] = ids;
  if (!here || !there) throw new Error("not signed in");
  const actor: UserActor = { kind: "user", userId: here.userId, email, name: "", platformAdmin: false };
  return { actor, here: { id: here.id, cookie: cookies[0] }, there: { id: there.id, cookie: cookies[1] } };
}

const isSignedIn = async (cookie: string) => (await (await callAuth("/get-session", { method: "GET", cookie })).json()) !== null;

test("the list names the devices, this one first, and holds no token", async () => {
  const { actor, here, there } = await signedInTwice();
  const sessions = await listOwnSessions(actor, here.id);
  expect(sessions.map((session) => [session.id, session.current])).toEqual([
    [here.id, true],
    [there.id, false],
  ]);
  expect(sessions[0]).toMatchObject({ device: "Firefox on Linux", ipAddress: textWith("10.") });
  const rows = await db.session.findMany({ where: { userId: actor.userId } });
  for (const { token } of rows) expect(JSON.stringify(sessions)).not.toContain(token);
});

test("signing out the others keeps this session", async () => {
  const { actor, here, there } = await signedInTwice();
  expect(await endOtherSessions(actor, here.id)).toEqual({ ended: 1 });
  expect([await isSignedIn(here.cookie), await isSignedIn(there.cookie)]).toEqual([true, false]);
});

test("one device is signed out by its id, once", async () => {
  const { actor, here, there } = await signedInTwice();
  await endSession(actor, { sessionId: there.id });
  expect([await isSignedIn(here.cookie), await isSignedIn(there.cookie)]).toEqual([true, false]);
  await expect(endSession(actor, { sessionId: there.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("another person's session is not found and stays", async () => {
  const [one, other] = [await signedInTwice(), await signedInTwice()];
  await expect(endSession(one.actor, { sessionId: other.here.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await isSignedIn(other.here.cookie)).toBe(true);
});

test("a person changes their own name", async () => {
  const actor = await createUserActor();
  await updateOwnName(actor, { name: "Ada Mills" });
  expect(await db.user.findUnique({ where: { id: actor.userId } })).toMatchObject({ name: "Ada Mills" });
});
