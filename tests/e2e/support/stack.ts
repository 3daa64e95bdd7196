import type { Page } from "@playwright/test";
import { Client } from "pg";
import { z } from "zod";
import { createSessionCookie } from "../../support/session-cookie";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the journeys with "npm test -- --only=e2e".`);
  return value;
}

export const baseUrl = setting("BETTER_AUTH_URL");

/** Runs SQL on the journeys' database. */
export async function query<S extends z.ZodType>(row: S, sql: string, values: unknown[] = []): Promise<z.output<S>[]> {
  const client = new Client({ connectionString: setting("DATABASE_URL") });
  await client.connect();
  try {
    const result = await client.query(sql, values);
    return z.array(row).parse(result.rows);
  } finally {
    await client.end();
  }
}

/** A session for somebody of the seed, without the mail. */
export async function sessionOf(userId: string): Promise<{ name: string; value: string; url: string }> {
  const client = new Client({ connectionString: setting("DATABASE_URL") });
  await client.connect();
  try {
    return { ...(await createSessionCookie(client, userId, setting("BETTER_AUTH_SECRET"))), url: baseUrl };
  } finally {
    await client.end();
  }
}

/** Signs a page's browser in as somebody of the seed, without the mail. */
export async function signInAs(page: Page, email: string): Promise<void> {
  const [user] = await query(z.object({ id: z.string() }), `SELECT id FROM "User" WHERE email = $1`, [email]);
  if (!user) throw new Error(`the seed has nobody with the address ${email}`);
  await page.context().addCookies([await sessionOf(user.id)]);
}

/** Nobody has begun an upload yet in this minute: journeys follow each other faster than a person's five uploads a minute. */
export async function freshMinute(): Promise<void> {
  await query(z.unknown(), `DELETE FROM rate_limiter WHERE key LIKE 'upload:%'`);
}

const mailSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() });
export type Mail = z.infer<typeof mailSchema>;

/** Mails caught for an address, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${setting("MAILBOX_URL")}/api/messages?to=${encodeURIComponent(address)}`);
  return z.array(mailSchema).parse(await response.json());
}

const trafficSchema = z.object({ requests: z.number(), failures: z.number(), bytesIn: z.number(), bytesOut: z.number() });

/** What the object store counted of one operation, such as "UploadPart". */
export async function storeTraffic(operation: string): Promise<z.infer<typeof trafficSchema>> {
  const response = await fetch(`${setting("STORE_CONTROL_URL")}/traffic/${operation}`);
  return trafficSchema.parse(await response.json());
}

/** Counts anew, or holds each connection to the store to a pace (bytes a second; null: as fast as it can). */
export async function orderStore(orders: { connectionBytesPerSecond?: number | null; resetTraffic?: boolean }): Promise<void> {
  const response = await fetch(setting("STORE_CONTROL_URL"), { method: "POST", body: JSON.stringify(orders) });
  if (!response.ok) throw new Error(`the store's control answered ${response.status}: ${await response.text()}`);
}
