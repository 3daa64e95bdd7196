import { auth } from "@/lib/auth";
import { env } from "@/lib/env";
import { mailsTo } from "../../support/local-stack";

let caller = 0;

/** Client address of a new caller, so that the limit for one network plays no part unless a test wants it to. */
export function newNetwork(): string {
  caller += 1;
  return `10.${Math.floor(caller / 65_536) % 256}.${Math.floor(caller / 256) % 256}.${caller % 256}`;
}

type Call = { body?: object; cookie?: string; network?: string; method?: string; origin?: string };

/** One request to Better Auth as a browser sends it. */
export function callAuth(path: string, { body, cookie, network = newNetwork(), method = "POST", origin }: Call = {}): Promise<Response> {
  const base = new URL(env.BETTER_AUTH_URL);
  return auth.handler(
    new Request(new URL(`/api/auth${path}`, base), {
      method,
      headers: {
        origin: origin ?? base.origin,
        "content-type": "application/json",
        "x-forwarded-for": network,
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        ...(cookie ? { cookie } : {}),
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
    }),
  );
}

export const askForCode = (email: string, network?: string) =>
  callAuth("/email-otp/send-verification-otp", { body: { email, type: "sign-in" }, network });

/** The code in the latest mail to this address. */
export async function latestCode(email: string): Promise<string> {
  const [mail] = await mailsTo(email);
  const code = /\b\d{6}\b/.exec(mail?.text ?? "")?.[0];
  if (!code) throw new Error(`No code was mailed to ${email}.`);
  return code;
}

export const giveCode = (email: string, otp: string, network?: string) => callAuth("/sign-in/email-otp", { body: { email, otp }, network });

/** Signs in with a mailed code. Gives the session's cookie as a browser would send it back. */
export async function signIn(email: string): Promise<string> {
  await askForCode(email);
  const response = await giveCode(email, await latestCode(email));
  if (!response.ok) throw new Error(`Signing in as ${email} answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** What a refusal says. */
export async function refusal(response: Response): Promise<{ status: number; code?: string; message?: string }> {
  const body = (await response.json()) as { code?: string; message?: string };
  return { status: response.status, code: body.code, message: body.message };
}
