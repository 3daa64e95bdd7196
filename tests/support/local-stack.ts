import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { escapeIdentifier, Client } from "pg";
import { afterAll, inject } from "vitest";
import { BUCKET, OTHER_BUCKETS, PUBLIC_PREFIX, storeAddress } from "../../scripts/local/environment.ts";
import { startMailbox, type Mail } from "../../scripts/local/mailbox/server.ts";
import { startObjectStore } from "../../scripts/local/object-store/server.ts";

// vitest's setup file of the integration tests. Each test file gets a database copied from the template, an object store and a mailbox of
// its own; the settings are in the environment before any of the app's modules reads them.
const { serverUrl, template, env, dir: runDir } = inject("testStack");
const dir = mkdtempSync(join(runDir, "file-"));
const database = `${template}_${process.env.VITEST_POOL_ID ?? "0"}`;

async function createDatabase(): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    // What an earlier file left; its process is gone. Dropping it at that file's own end would cut sessions that are still in use.
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE ${escapeIdentifier(template)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Address of this test file's database. */
export const databaseUrl = await createDatabase();

/** This test file's object store, with its counters, clock and faults. */
export const store = await startObjectStore({
  host: "127.0.0.1",
  port: 0,
  dir: join(dir, "objects"),
  accessKey: env.AWS_ACCESS_KEY_ID ?? "",
  secretKey: env.AWS_SECRET_ACCESS_KEY ?? "",
  buckets: [BUCKET, ...Object.values(OTHER_BUCKETS)],
  publicPrefixes: [PUBLIC_PREFIX],
});

/** This test file's mailbox. */
export const mailbox = await startMailbox({ dir: join(dir, "mail"), smtpPort: 0, httpPort: 0 });

/** Mails caught for an address in this test file, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${mailbox.url}/api/messages?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Mail[];
}

const addressOf = (name: keyof typeof OTHER_BUCKETS) =>
  storeAddress(store.url, name, env.AWS_ACCESS_KEY_ID ?? "", env.AWS_SECRET_ACCESS_KEY ?? "");

Object.assign(process.env, env, {
  DATABASE_URL: databaseUrl,
  AWS_ENDPOINT_URL_S3: store.url,
  ARCHIVE_STORE_URL: addressOf("archive"),
  REPLICA_STORE_URL: addressOf("replica"),
  OTHER_STORE_URL: addressOf("other"),
  NEXT_PUBLIC_S3_PUBLIC_URL: `${store.url}/${BUCKET}`,
  SMTP_URL: mailbox.smtpUrl,
  MAILBOX_URL: mailbox.url,
});

afterAll(async () => {
  await Promise.all([store.close(), mailbox.close()]);
  rmSync(dir, { recursive: true, force: true });
});
