import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildStamp, isBuilt, markBuilt } from "./build-stamp.ts";
import { runChild } from "./children.ts";
import { step } from "./progress.ts";
import type { Stack } from "./stack.ts";

/** How a TypeScript program that uses the app's own modules is run. */
export function serverProgram(file: string): string[] {
  return ["tsx", "--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs", file];
}

const SEED = "prisma/seed.ts";

/** Everything that the seed is made of: its programs, texts and media. */
function seedFiles(): string[] {
  const parts = ["prisma/seed", "prisma/media"].flatMap((dir) => (existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : []));
  return [SEED, "prisma/demo-people.json", ...parts.sort()];
}

/** Brings the database up to date. */
export async function migrate(stack: Stack, logDir: string, abort: AbortSignal): Promise<void> {
  await step("Migrating the database", () => runChild("migrate", serverProgram("scripts/db-migrate.ts"), stack.env, logDir, abort));
}

/**
 * Fills the database once for each version of the seed. The seed adds what is missing and leaves the rest, so one that was cut off is
 * simply run again.
 */
export async function seed(stack: Stack, dir: string, logDir: string, abort: AbortSignal): Promise<void> {
  if (!existsSync(SEED)) return;
  const marker = join(dir, "seeded");
  const hash = createHash("sha256").update(new URL(stack.env.DATABASE_URL ?? "").pathname);
  for (const file of seedFiles()) if (existsSync(file)) hash.update(readFileSync(file));
  const version = hash.digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === version) return;
  await step("Adding the demo academy", () => runChild("seed", serverProgram(SEED), stack.env, logDir, abort));
  writeFileSync(marker, version);
}

/** Makes a production build unless the one in `distDir` was made from the very same files and settings. */
export async function build(env: Record<string, string>, distDir: string, logDir: string, abort: AbortSignal): Promise<void> {
  const settings = { ...env, NEXT_DIST_DIR: distDir };
  const stamp = buildStamp(settings);
  if (isBuilt(distDir, stamp)) return;
  await step("Building the app", () => runChild("build", ["next", "build"], settings, logDir, abort));
  markBuilt(distDir, stamp);
}
