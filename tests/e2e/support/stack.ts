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

const mailSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() });
export type Mail = z.infer<typeof mailSchema>;

/** Mails caught for an address, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${setting("MAILBOX_URL")}/api/messages?to=${encodeURIComponent(address)}`);
  return z.array(mailSchema).parse(await response.json());
}
