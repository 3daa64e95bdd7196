import { readdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine, type MigrationList, type SchemaContainer } from "@prisma/schema-engine-wasm";
import { Client, Pool } from "pg";

/** Files of a Prisma schema: name and content. */
export type SchemaFiles = SchemaContainer[];

const SCHEMA_DIR = resolve("prisma/schema");
export const MIGRATIONS_DIR = resolve("prisma/migrations");
const NO_FILTER = { externalTables: [], externalEnums: [] };
/** Any fixed number: two programs that migrate the same database wait for each other. */
const LOCK = 7_230_114;

/** Reads prisma/schema, in the order of names. */
export async function readSchema(dir = SCHEMA_DIR): Promise<SchemaFiles> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(dir, path), "utf8") })));
}

async function readMigrations(dir: string): Promise<MigrationList> {
  const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const lockfile = join(dir, "migration_lock.toml");
  return {
    baseDir: dir,
    lockfile: { path: "migration_lock.toml", content: existsSync(lockfile) ? await readFile(lockfile, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(dir, path, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  // A pool of our own, so that it can be closed: a database with open connections can't serve as a template.
  const pool = new Pool({ connectionString: databaseUrl });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", 'datasource db {\n  provider = "postgresql"\n}']] },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/**
 * The SQL that turns one schema into another; empty when they are equal.
 * @param databaseUrl any reachable PostgreSQL: the engine asks it for its version and changes nothing
 * @param from null for an empty database
 */
export function diffSchemas(databaseUrl: string, from: SchemaFiles | null, to: SchemaFiles): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: from ? { tag: "schemaDatamodel", files: from } : { tag: "empty" },
      to: { tag: "schemaDatamodel", files: to },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    const sql = stdout ?? "";
    return sql.includes("This is an empty migration") ? "" : sql;
  });
}

/**
 * Applies every pending migration, in order. Safe to call again and from several programs at once.
 * A migration runs as one implicit transaction, so one that was cut off has changed nothing: it is marked as rolled back and tried again.
 * @returns the names of those applied now.
 * @throws with the database's words when a migration fails, or one was edited after it had been applied.
 */
export async function applyMigrations(databaseUrl: string, dir = MIGRATIONS_DIR): Promise<string[]> {
  const migrationsList = await readMigrations(dir);
  const guard = new Client({ connectionString: databaseUrl });
  await guard.connect();
  try {
    await guard.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return await withEngine(databaseUrl, async (engine) => {
      const found = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: NO_FILTER });
      for (const migrationName of found.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
      if (found.editedMigrationNames.length > 0) {
        throw new Error(
          `Applied migrations were edited afterwards: ${found.editedMigrationNames.join(", ")}. Write a new migration instead.`,
        );
      }
      return (await engine.applyMigrations({ migrationsList, filters: NO_FILTER })).appliedMigrationNames;
    });
  } finally {
    await guard.end();
  }
}
