import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What no build reads. Anything else counts: a build too many is better than a stale one. */
const IGNORED = /^(\..*|node_modules|docs|tests|scripts|test-results|playwright-report|.*\.md|.*\.tsbuildinfo|next-env\.d\.ts)$/;

function addFiles(dir: string, depth: number, paths: string[]): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (depth === 0 ? IGNORED.test(entry.name) : path === join("prisma", "generated")) continue;
    if (entry.isDirectory()) addFiles(path, depth + 1, paths);
    else if (entry.isFile()) paths.push(path);
  }
}

/**
 * A hash of everything a production build depends on: sources, lockfile, configuration and the settings that are inlined into it.
 * Called from the root of the repository.
 */
export function buildStamp(env: Record<string, string>): string {
  const hash = createHash("sha256");
  const paths: string[] = [];
  addFiles(".", 0, paths);
  for (const path of paths.sort()) hash.update(`${path}\0`).update(createHash("sha256").update(readFileSync(path)).digest());
  for (const [name, value] of Object.entries(env).sort()) if (name.startsWith("NEXT_")) hash.update(`${name}=${value}\0`);
  return hash.update(process.version).digest("hex");
}

/** Whether the build in `distDir` is the one that the stamp describes. */
export function isBuilt(distDir: string, stamp: string): boolean {
  const file = join(distDir, "sidecar-stamp");
  return existsSync(join(distDir, "BUILD_ID")) && existsSync(file) && readFileSync(file, "utf8") === stamp;
}

/** Records what the finished build in `distDir` was made from. */
export function markBuilt(distDir: string, stamp: string): void {
  writeFileSync(join(distDir, "sidecar-stamp"), stamp);
}
