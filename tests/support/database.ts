import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Client, escapeIdentifier } from "pg";
import type { TestProject } from "vitest/node";
import { appEnvironment } from "../../scripts/local/environment.ts";
import { freePorts } from "../../scripts/local/ports.ts";
import { readSecrets } from "../../scripts/local/secrets.ts";
import { makeThrowaway, removeThrowaway } from "../../scripts/local/throwaway.ts";
import { borrowDatabaseServer } from "../../scripts/support/database-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the migrated template database is, the settings that tests share, and a directory that goes with the run. */
    testStack: { serverUrl: string; template: string; env: Record<string, string>; dir: string };
  }
}

function onDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops the template and the copies that the workers made of it. */
async function dropDatabases(client: Client, template: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [template]);
  for (const { datname } of rows) await client.query(`DROP DATABASE ${escapeIdentifier(datname)} WITH (FORCE)`);
}

/**
 * vitest's global setup: one PostgreSQL with one migrated template database, from which each test file gets a copy of its own (see
 * local-stack.ts). The server is an embedded one on a free port, or that of DATABASE_URL.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await makeThrowaway();
  const server = await borrowDatabaseServer();
  const template = `sidecar_template_${process.pid}`;
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await dropDatabases(client, template);
  await client.query(`CREATE DATABASE ${escapeIdentifier(template)}`);
  const env = appEnvironment("test", onDatabase(server.url, template), await freePorts(), readSecrets(dir));
  const program = ["--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs", "scripts/db-migrate.ts"];
  await promisify(execFile)("node_modules/.bin/tsx", program, { env: { ...process.env, ...env } });
  project.provide("testStack", { serverUrl: server.url, template, env, dir });
  return async () => {
    await dropDatabases(client, template);
    await client.end();
    await server.release();
    removeThrowaway(dir);
  };
}
