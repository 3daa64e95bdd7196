import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { explain, Failure } from "./failure.ts";
import { stateDir } from "./options.ts";
import { endOrphanedPostgres } from "./postgres.ts";
import { clusterDir, postgresUser } from "./postgres-place.ts";
import { takeRunLock } from "./run-lock.ts";

/** What is about to go, for the question. */
function belongings(dir: string): string {
  const url = process.env.DATABASE_URL;
  const database = url ? `everything in the database ${new URL(url).pathname.slice(1)} on ${new URL(url).host}` : "the database";
  return `${database}, the uploaded files and the mails in ${dir}`;
}

async function confirmed(dir: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Failure("Nothing was deleted: without a terminal to ask at, say npm run db:reset -- --yes");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Delete ${belongings(dir)}? Type yes to go on: `);
    return answer.trim().toLowerCase() === "yes";
  } finally {
    terminal.close();
  }
}

/** Empties a database of one's own: everything in it that the app or its queue made. */
async function emptyDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  } finally {
    await client.end();
  }
}

async function reset(): Promise<string> {
  const { values } = parseArgs({ options: { yes: { type: "boolean" } } });
  const dir = stateDir();
  const lock = await takeRunLock(dir, "no address, for it is being reset").catch((error: unknown) => {
    throw error instanceof Failure ? new Failure(`${error.message} Stop it first (Ctrl-C), then reset.`) : error;
  });
  try {
    if (!values.yes && !(await confirmed(dir))) return "Nothing was deleted.";
    if (process.env.DATABASE_URL) await emptyDatabase(process.env.DATABASE_URL);
    await endOrphanedPostgres(dir);
    rmSync(clusterDir(dir, postgresUser()), { recursive: true, force: true });
    for (const name of ["objects", "mail", "seeded", "logs"]) rmSync(join(dir, name), { recursive: true, force: true });
    return "Everything was deleted; the next npm run demo or npm run dev starts afresh.";
  } finally {
    lock.release();
  }
}

try {
  console.info(await reset());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
