import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOrphanedPostgres } from "./postgres.ts";
import { isAlive, startedAt } from "./processes.ts";

const PREFIX = "sidecar-throwaway-";

/** Removes what runs that were killed left behind: their database servers and directories. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const owner = join(dir, "owner");
    if (!existsSync(owner)) continue;
    const [pid, start] = readFileSync(owner, "utf8").split(" ");
    if (isAlive(Number(pid), start)) continue;
    await endOrphanedPostgres(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A state directory for one run of tests. Remove it with `removeThrowaway`; should the run be killed, the next one does. */
export async function makeThrowaway(): Promise<string> {
  await sweep();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(dir, "owner"), `${process.pid} ${startedAt(process.pid)}`);
  // Where PostgreSQL runs as a user of its own it must be able to enter; the cluster inside is closed to others.
  chmodSync(dir, 0o711);
  return dir;
}

/** Removes a throwaway directory; its servers must have been stopped. */
export function removeThrowaway(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}
