import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Client } from "pg";

export const MIGRATIONS_DIR = resolve("prisma/migrations");
/** Any fixed number: two programs that migrate the same database wait for each other. */
const LOCK = 7_230_114;

// Prisma's own table, to the letter: `prisma migrate deploy` goes on where this stopped, and the other way round.
const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** Names of the migrations in a folder, oldest first. */
export async function listMigrations(dir = MIGRATIONS_DIR): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = await listMigrations(dir);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** Whether the migration is in the history. @throws when it stopped halfway there, or its file was edited since. */
async function isApplied(client: Client, { name, checksum }: Migration): Promise<boolean> {
  const { rows } = await client.query<{ checksum: string; finished: boolean }>(
    `SELECT "checksum", "finished_at" IS NOT NULL AS finished FROM "_prisma_migrations" WHERE "migration_name" = $1 AND "rolled_back_at" IS NULL`,
    [name],
  );
  const [row] = rows;
  if (!row) return false;
  if (!row.finished) throw new Error(`The migration ${name} was begun by another program and not finished: see "prisma migrate resolve".`);
  if (row.checksum !== checksum) throw new Error(`The migration ${name} was edited after it had been applied: write a new one instead.`);
  return true;
}

/** One migration and its line in the history, in one transaction: a crash or an error leaves neither. */
async function applyOne(client: Client, migration: Migration): Promise<boolean> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    await client.query(HISTORY);
    const pending = !(await isApplied(client, migration));
    if (pending) {
      await client.query(migration.sql);
      await client.query(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count") VALUES ($1, $2, $3, clock_timestamp(), 1)`,
        [randomUUID(), migration.checksum, migration.name],
      );
    }
    await client.query("COMMIT");
    return pending;
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`The migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * Applies every pending migration, oldest first. Safe to call again and from several programs at once.
 *
 * Not done by Prisma's engine: its PostgreSQL adapter cuts a script at every semicolon, which breaks functions and leaves half of a failed
 * migration behind.
 * @returns the names of those applied now.
 * @throws with the database's words when a migration fails, or when one was edited after it had been applied.
 */
export async function applyMigrations(databaseUrl: string, dir = MIGRATIONS_DIR): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const applied: string[] = [];
    for (const migration of migrations) if (await applyOne(client, migration)) applied.push(migration.name);
    return applied;
  } finally {
    await client.end();
  }
}
