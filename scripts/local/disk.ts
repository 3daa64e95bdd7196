import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Failure } from "./failure.ts";

/** What a build, a database and some uploads need at least, in bytes. */
const NEEDED = 1024 ** 3;

/** @throws {Failure} when less than 1 GiB is free where `path` is, or is going to be. */
export function requireDiskSpace(path: string): void {
  let place = resolve(path);
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  if (bavail * bsize >= NEEDED) return;
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  throw new Failure(`Only ${free} MB of disk space is free at ${place} and Sidecar needs 1 GB: free some and start again.`);
}
