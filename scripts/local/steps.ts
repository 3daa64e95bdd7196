import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildStamp, isBuilt, markBuilt } from "./build-stamp.ts";
import { runChild, type RunOptions } from "./children.ts";
import type { Stack } from "./stack.ts";

/** How a TypeScript program that uses the app's own modules is run. */
export function serverProgram(file: string): string[] {
  return ["tsx", "--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs", file];
}

/** Announces a piece of work to the terminal and runs it; `step` of progress.ts, or silence where the work is part of a larger step. */
export type Announce = <T>(name: string, run: () => Promise<T>) => Promise<T>;
export const silently: Announce = (_name, run) => run();

/** What each piece of work needs to know. */
export interface Work {
  logDir: string;
  run: RunOptions;
  announce: Announce;
}

const SEED = "prisma/seed.ts";

/** Everything that the seed is made of: its programs, texts and media. */
function seedFiles(): string[] {
  const parts = ["prisma/seed", "prisma/media"].flatMap((dir) => (existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : []));
  return [SEED, "prisma/demo-people.json", ...parts.sort()];
}

/** Brings the database up to date. */
export async function migrate(env: Stack["env"], { announce, logDir, run }: Work): Promise<void> {
  await announce("Migrating the database", () => runChild("migrate", serverProgram("scripts/db-migrate.ts"), env, logDir, run));
}

/**
 * Fills the database once for each version of the seed. The seed adds what is missing and leaves the rest, so one that was cut off is
 * simply run again.
 */
export async function seed(env: Stack["env"], dir: string, { announce, logDir, run }: Work): Promise<void> {
  if (!existsSync(SEED)) return;
  const marker = join(dir, "seeded");
  const hash = createHash("sha256").update(new URL(env.DATABASE_URL ?? "").pathname);
  for (const file of seedFiles()) if (existsSync(file)) hash.update(readFileSync(file));
  const version = hash.digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === version) return;
  await announce("Adding the demo academy", () => runChild("seed", serverProgram(SEED), env, logDir, run));
  writeFileSync(marker, version);
}

/** Makes a production build unless the one in `distDir` was made from the very same files and settings. */
export async function build(env: Stack["env"], distDir: string, { announce, logDir, run }: Work): Promise<void> {
  const settings = { ...env, NEXT_DIST_DIR: distDir };
  const stamp = buildStamp(settings);
  if (isBuilt(distDir, stamp)) return;
  await announce("Building the app", () => runChild("build", ["next", "build"], settings, logDir, run));
  markBuilt(distDir, stamp);
}
