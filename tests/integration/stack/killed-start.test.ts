import { readFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { endOrphanedPostgres } from "../../../scripts/local/postgres";
import { isAlive } from "../../../scripts/local/processes";
import { makeThrowaway, removeThrowaway } from "../../../scripts/local/throwaway";
import { runProgram, type Program } from "./run-program";

const hello = z.object({
  env: z.object({ DATABASE_URL: z.string(), AWS_ENDPOINT_URL_S3: z.string() }),
  ports: z.record(z.string(), z.number()),
});
type Hello = z.infer<typeof hello>;
let dir: string;

// Starting and stopping whole servers takes a few seconds, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function start(ports?: Hello["ports"]): Promise<Program<Hello>> {
  return runProgram("hold-stack.ts", ports ? [dir, JSON.stringify(ports)] : [dir], (value) => hello.parse(value));
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  dir = await makeThrowaway();
});

afterEach(async () => {
  await endOrphanedPostgres(dir);
  removeThrowaway(dir);
});

test("a start after kill -9 ends the database left running and keeps all data", async () => {
  const first = await start();
  await query(first.hello.env.DATABASE_URL, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
  const server = Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  first.process.kill("SIGKILL");
  await first.exited;
  expect(isAlive(server)).toBe(true);

  const second = await start(first.hello.ports);
  expect(isAlive(server)).toBe(false);
  expect(second.hello.env).toEqual(first.hello.env);
  expect(await query(second.hello.env.DATABASE_URL, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
  second.process.kill("SIGTERM");
  expect(await second.exited).toBe(0);
  expect(existsSync(join(dir, "postgres/postmaster.pid"))).toBe(false);
});

test("a start that was killed while it made the database cluster starts over", async () => {
  mkdirSync(join(dir, "postgres.new/base"), { recursive: true });
  const program = await start();
  expect(await query(program.hello.env.DATABASE_URL, "SELECT datcollate FROM pg_database WHERE datname = 'sidecar'")).toEqual([
    { datcollate: "C" },
  ]);
  expect(existsSync(join(dir, "postgres.new"))).toBe(false);
  program.process.kill("SIGTERM");
  expect(await program.exited).toBe(0);
});
