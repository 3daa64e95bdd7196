import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/lib/db";
import { createUser, unique } from "../../support/factories";
import { newNetwork } from "./auth-http";

const TOKEN = "gho_a-token-that-must-not-be-stored-readable";
type Profile = { id: number; email: string; verified: boolean };
let handler: (request: Request) => Promise<Response>;
let origin = "";

// The settings are read once, at start-up: these tests start the sign-in anew, as a deployment with GitHub set up.
beforeAll(async () => {
  Object.assign(process.env, { AUTH_GITHUB_CLIENT_ID: "client", AUTH_GITHUB_CLIENT_SECRET: "client-secret" });
  vi.resetModules();
  const { auth, githubEnabled } = await import("@/lib/auth");
  const { env } = await import("@/lib/env");
  expect(githubEnabled).toBe(true);
  handler = auth.handler;
  origin = new URL(env.BETTER_AUTH_URL).origin;
});

afterEach(() => vi.unstubAllGlobals());

/** GitHub's three addresses, as its documentation has them; anything else goes where it was going. */
function beGithub({ id, email, verified }: Profile): void {
  const real = globalThis.fetch;
  const answers: Record<string, unknown> = {
    "https://github.com/login/oauth/access_token": { access_token: TOKEN, token_type: "bearer", scope: "read:user,user:email" },
    "https://api.github.com/user": { id, login: "octo", name: "Octo Cat", email, avatar_url: "https://avatars.githubusercontent.com/u/1" },
    "https://api.github.com/user/emails": [{ email, primary: true, verified, visibility: "private" }],
  };
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : input.toString();
    return url in answers ? Promise.resolve(Response.json(answers[url])) : real(input, init);
  });
}

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Goes to GitHub and comes back, as the browser does. `answer` is what GitHub adds to the way back. */
async function comeBack(answer: Record<string, string> = { code: "a-code" }): Promise<Response> {
  const headers = { origin, "content-type": "application/json", "x-forwarded-for": newNetwork() };
  const body = JSON.stringify({ provider: "github", callbackURL: "/start", errorCallbackURL: "/sign-in?next=%2Fstart" });
  const start = await handler(new Request(`${origin}/api/auth/sign-in/social`, { method: "POST", headers, body }));
  const { url } = (await start.json()) as { url: string };
  const state = new URL(url).searchParams.get("state") ?? "";
  const back = new URL(`${origin}/api/auth/callback/github`);
  for (const [name, value] of Object.entries({ ...answer, state })) back.searchParams.set(name, value);
  return handler(new Request(back, { headers: { cookie: cookiesOf(start), "x-forwarded-for": newNetwork() } }));
}

const newProfile = (verified = true): Profile => ({
  id: Math.floor(Number.parseInt(unique("n").slice(-6), 16)),
  email: `${unique("octo")}@example.test`,
  verified,
});

test("a person with a verified address comes in with their name, without a foreign picture", async () => {
  const profile = newProfile();
  beGithub(profile);
  const response = await comeBack();
  expect([response.status, response.headers.get("location")]).toEqual([302, "/start"]);
  expect(cookiesOf(response)).toContain("session_token=");
  expect(await db.user.findUnique({ where: { email: profile.email } })).toMatchObject({
    name: "Octo Cat",
    emailVerified: true,
    image: null,
    role: "user",
  });
});

test("the token lies encrypted in the database", async () => {
  const profile = newProfile();
  beGithub(profile);
  await comeBack();
  const account = await db.account.findFirstOrThrow({ where: { user: { email: profile.email } } });
  expect(account.accessToken).not.toBeNull();
  expect(JSON.stringify(account)).not.toContain(TOKEN);
});

test("an address that GitHub has not verified signs nobody in as verified", async () => {
  const profile = newProfile(false);
  beGithub(profile);
  await comeBack();
  expect(await db.user.findUnique({ where: { email: profile.email } })).toMatchObject({ emailVerified: false });
});

test("a verified address opens the account that has it already", async () => {
  const user = await createUser();
  beGithub({ ...newProfile(), email: user.email });
  expect((await comeBack()).headers.get("location")).toBe("/start");
  expect(await db.account.count({ where: { userId: user.id, providerId: "github" } })).toBe(1);
  expect(await db.user.count({ where: { email: user.email } })).toBe(1);
});

test("an unverified address does not open the account that has it, and the person is told", async () => {
  const user = await createUser();
  beGithub({ ...newProfile(false), email: user.email });
  const response = await comeBack();
  expect(response.headers.get("location")).toMatch(/^\/sign-in\?next=%2Fstart&error=account_not_linked/);
  expect(await db.account.count({ where: { userId: user.id } })).toBe(0);
  expect(cookiesOf(response)).not.toMatch(/session_token=[^;]/);
});

test("a cancelled sign-in leads back with its reason", async () => {
  beGithub(newProfile());
  expect((await comeBack({ error: "access_denied" })).headers.get("location")).toMatch(/^\/sign-in\?.*error=access_denied/);
});

test("the way back can't lead to another site", async () => {
  const headers = { origin, "content-type": "application/json", "x-forwarded-for": newNetwork() };
  const body = JSON.stringify({ provider: "github", callbackURL: "https://evil.example/" });
  const response = await handler(new Request(`${origin}/api/auth/sign-in/social`, { method: "POST", headers, body }));
  expect(response.status).toBe(403);
});
