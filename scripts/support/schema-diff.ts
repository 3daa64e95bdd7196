import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine, type SchemaContainer } from "@prisma/schema-engine-wasm";
import { Pool } from "pg";

/** Files of a Prisma schema: name and content. */
export type SchemaFiles = SchemaContainer[];

/** Reads a schema folder, in the order of names. */
export async function readSchema(dir = resolve("prisma/schema")): Promise<SchemaFiles> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(dir, path), "utf8") })));
}

/**
 * The SQL that turns one schema into another; empty when they are equal. Done by the WebAssembly build of Prisma's engine, since the
 * native one is a download.
 * @param databaseUrl any reachable PostgreSQL: the engine asks it for its version and changes nothing
 * @param from null for an empty database
 */
export async function diffSchemas(databaseUrl: string, from: SchemaFiles | null, to: SchemaFiles): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", 'datasource db {\n  provider = "postgresql"\n}']] },
    () => undefined,
    adapter,
  );
  try {
    const { stdout } = await engine.diff({
      from: from ? { tag: "schemaDatamodel", files: from } : { tag: "empty" },
      to: { tag: "schemaDatamodel", files: to },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout ?? "";
    return sql.includes("This is an empty migration") ? "" : sql;
  } finally {
    engine.free();
    await pool.end();
  }
}
