import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { applyMigrations, listMigrations, MIGRATIONS_DIR } from "../../../scripts/support/migrations";
import { diffSchemas, readSchema } from "../../../scripts/support/schema-diff";
import { describeDatabase } from "./catalogue";

const { serverUrl } = inject("testStack");
let migrations: string;
let names: string[];

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function emptyDatabase(): Promise<string> {
  const name = `sidecar_migrations_${randomUUID()}`;
  await query(serverUrl, `CREATE DATABASE ${escapeIdentifier(name)}`);
  names.push(name);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(migrations, name), { recursive: true });
  await writeFile(join(migrations, name, "migration.sql"), sql);
}

beforeEach(async () => {
  names = [];
  migrations = await mkdtemp(join(tmpdir(), "sidecar-migrations-"));
});

afterEach(async () => {
  for (const name of names) await query(serverUrl, `DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
  await rm(migrations, { recursive: true, force: true });
});

test("all migrations together make exactly the schema, but for what Prisma can't say", async () => {
  const migrated = await emptyDatabase();
  await applyMigrations(migrated);
  const direct = await emptyDatabase();
  await query(direct, await diffSchemas(direct, null, await readSchema()));

  const [inMigrations, inSchema] = [await describeDatabase(migrated), await describeDatabase(direct)];
  expect([...inSchema].filter((line) => !inMigrations.has(line))).toEqual([]);
  // Partial indexes, indexes on expressions, checks and exclusions are written by hand.
  const byHand = /^indexes: .*( WHERE |\(lower\(|\(CASE|COLLATE)|^constraints: \S+ \S+ (CHECK|EXCLUDE) |^indexes: .* USING (gist|gin) /;
  expect([...inMigrations].filter((line) => !inSchema.has(line) && !byHand.test(line))).toEqual([]);
});

test("the snapshot beside the migrations is the present schema", async () => {
  const snapshot = await readFile(join(MIGRATIONS_DIR, "schema-snapshot.prisma"), "utf8");
  const from = [{ path: "schema-snapshot.prisma", content: snapshot }];
  expect(await diffSchemas(serverUrl, from, await readSchema())).toBe("");
});

test("migrating twice applies everything once", async () => {
  const url = await emptyDatabase();
  expect(await applyMigrations(url)).toEqual(await listMigrations());
  expect(await applyMigrations(url)).toEqual([]);
});

test("of two programs that migrate at once each migration is applied by one, whichever holds the lock", async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([applyMigrations(url), applyMigrations(url)]);
  expect(applied.flat().sort()).toEqual(await listMigrations());
});

test("a migration that failed halfway changes nothing and is tried again", async () => {
  const url = await emptyDatabase();
  await writeMigration(
    "20260101000000_notes",
    "CREATE TABLE note (id int); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$; SELECT 1 / 0;",
  );
  await expect(applyMigrations(url, migrations)).rejects.toThrow(/division by zero/);
  expect(await describeDatabase(url)).toEqual(new Set());

  await writeMigration("20260101000000_notes", "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;");
  expect(await applyMigrations(url, migrations)).toEqual(["20260101000000_notes"]);
});

test("an applied migration that was edited is refused", async () => {
  const url = await emptyDatabase();
  await writeMigration("20260101000000_notes", "CREATE TABLE note (id int);");
  await applyMigrations(url, migrations);
  await writeMigration("20260101000000_notes", "CREATE TABLE note (id bigint);");
  await expect(applyMigrations(url, migrations)).rejects.toThrow("The migration 20260101000000_notes was edited after it had been applied");
});
