import { describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { unique } from "../../support/factories";
import { mailsTo } from "../../support/local-stack";
import { askForCode, callAuth, giveCode, latestCode, newNetwork, refusal, signIn } from "./auth-http";

const newAddress = () => `${unique("person")}@example.test`;
const wrong = (code: string) => (code === "000000" ? "000001" : "000000");
const identifier = (email: string) => `sign-in-otp-${email}`;

describe("signing in with a mailed code", () => {
  test("a new person becomes a user without a name, with a verified address in lower case", async () => {
    const email = newAddress();
    const cookie = await signIn(email.toUpperCase());
    const session = await callAuth("/get-session", { method: "GET", cookie });
    expect(await session.json()).toMatchObject({ user: { email, name: "", emailVerified: true, role: "user" } });
  });

  test("the session's cookie can't be read by scripts and is not sent along from other sites", async () => {
    const email = newAddress();
    await askForCode(email);
    const response = await giveCode(email, await latestCode(email));
    expect(response.headers.getSetCookie().join()).toMatch(/session_token=[^;]+;.*HttpOnly.*SameSite=Lax/i);
  });

  test("the mail reads well as plain text and names the site and the minutes", async () => {
    const email = newAddress();
    await askForCode(email);
    const [mail] = await mailsTo(email);
    const code = await latestCode(email);
    expect(mail?.subject).toBe(`${code} is your Sidecar sign-in code`);
    expect(mail?.text).toContain("It works once, for 10 minutes");
    expect(mail?.text).not.toMatch(/<[a-z]|undefined/);
    expect(mail?.html).toContain(code);
  });

  test("a code works once", async () => {
    const email = newAddress();
    await askForCode(email);
    const code = await latestCode(email);
    expect((await giveCode(email, code)).status).toBe(200);
    expect(await refusal(await giveCode(email, code))).toMatchObject({ status: 400, code: "INVALID_OTP" });
  });

  test("of the same code given twice at once, one signs in", async () => {
    const email = newAddress();
    await askForCode(email);
    const code = await latestCode(email);
    const answers = await Promise.all([giveCode(email, code), giveCode(email, code), giveCode(email, code)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test("a newer code replaces the one before", async () => {
    const email = newAddress();
    await askForCode(email);
    const first = await latestCode(email);
    await askForCode(email);
    const second = await latestCode(email);
    if (first !== second) expect((await giveCode(email, first)).status).toBe(400);
    expect((await giveCode(email, second)).status).toBe(200);
  });

  test("an expired code is refused as expired", async () => {
    const email = newAddress();
    await askForCode(email);
    const code = await latestCode(email);
    await db.verification.updateMany({ where: { identifier: identifier(email) }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await refusal(await giveCode(email, code))).toMatchObject({ status: 400, code: "OTP_EXPIRED" });
  });

  test("after five wrong guesses the right code is refused as well", async () => {
    const email = newAddress();
    await askForCode(email);
    const code = await latestCode(email);
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await refusal(await giveCode(email, wrong(code)))).toMatchObject({ code: "INVALID_OTP" });
    }
    expect(await refusal(await giveCode(email, code))).toMatchObject({ status: 403, code: "TOO_MANY_ATTEMPTS" });
  });

  test("the database holds no code, only a keyed hash of it", async () => {
    const email = newAddress();
    await askForCode(email);
    const code = await latestCode(email);
    const rows = await db.verification.findMany({ where: { identifier: identifier(email) } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.value).toMatch(/^[0-9a-f]{64}:0$/);
    expect(rows[0]?.value).not.toContain(code);
  });
});

describe("limits", () => {
  test("the sixth code for an address in ten minutes is refused in a sentence, and the fifth still works", async () => {
    const email = newAddress();
    for (let count = 0; count < 5; count += 1) expect((await askForCode(email)).status).toBe(200);
    const code = await latestCode(email);
    const answer = await refusal(await askForCode(email));
    expect(answer).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    expect(answer.message).toMatch(/^Too many codes .* try again in \d+ minutes\.$/);
    expect(await mailsTo(email)).toHaveLength(5);
    expect((await giveCode(email, code)).status).toBe(200);
  });

  test("a refused request gives no new guesses at the code", async () => {
    const email = newAddress();
    for (let count = 0; count < 5; count += 1) await askForCode(email);
    const code = await latestCode(email);
    for (let guess = 0; guess < 5; guess += 1) await giveCode(email, wrong(code));
    await askForCode(email);
    expect(await refusal(await giveCode(email, code))).toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  });

  test("the limit speaks the same for an address with and without an account", async () => {
    const known = newAddress();
    await signIn(known);
    const unknown = newAddress();
    for (let count = 0; count < 4; count += 1) await askForCode(known);
    for (let count = 0; count < 5; count += 1) await askForCode(unknown);
    const [one, other] = [await refusal(await askForCode(known)), await refusal(await askForCode(unknown))];
    expect(one).toEqual(other);
  });

  test("forty colleagues behind one address sign in within a minute", async () => {
    const office = newNetwork();
    for (let count = 0; count < 40; count += 1) expect((await askForCode(newAddress(), office)).status).toBe(200);
  });

  test("one network that asks in bulk is stopped, others are not", async () => {
    const network = newNetwork();
    const statuses: number[] = [];
    for (let count = 0; count < 61; count += 1) statuses.push((await giveCode(newAddress(), "123456", network)).status);
    expect(statuses.indexOf(429)).toBe(60);
    expect((await giveCode(newAddress(), "123456")).status).toBe(400);
  });
});

describe("what is refused", () => {
  test.each(["email-verification", "forget-password", "change-email"])("no code of the type %s is ever made", async (type) => {
    const email = newAddress();
    await signIn(email);
    const response = await callAuth("/email-otp/send-verification-otp", { body: { email, type } });
    expect(response.status).toBe(400);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test.each([{ name: "Mallory" }, { image: "https://evil.example/x.png" }, { role: "admin" }])("signing in can't set %j", async (extra) => {
    const email = newAddress();
    await askForCode(email);
    const otp = await latestCode(email);
    const response = await callAuth("/sign-in/email-otp", { body: { email, otp, ...extra } });
    expect(await refusal(response)).toMatchObject({ status: 400, code: "INVALID_INPUT" });
    expect(await db.user.count({ where: { email } })).toBe(0);
    expect((await giveCode(email, otp)).status).toBe(200);
  });

  test("another site's page can't ask for a sign-in with the visitor's cookies", async () => {
    const cookie = await signIn(newAddress());
    const response = await callAuth("/sign-out", { cookie, origin: "https://evil.example" });
    expect(response.status).toBe(403);
    expect(await (await callAuth("/get-session", { method: "GET", cookie })).json()).not.toBeNull();
  });

  test("a session ends with signing out", async () => {
    const cookie = await signIn(newAddress());
    expect((await callAuth("/sign-out", { cookie })).status).toBe(200);
    expect(await (await callAuth("/get-session", { method: "GET", cookie })).json()).toBeNull();
  });
});
