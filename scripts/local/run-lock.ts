import { mkdirSync, readFileSync, rmSync, writeFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Failure } from "./failure.ts";
import { endProcess, startedAt } from "./processes.ts";

/** What a running stack leaves on disk for whoever comes second. */
export interface RunRecord {
  pid: number;
  url: string;
  children: { name: string; pid: number; start: string }[];
}

/** The right to use one state directory, held until the process ends. */
export interface RunLock {
  /** Notes a child, so that the next start can end it if this process is killed. */
  addChild(name: string, pid: number): void;
  release(): void;
}

/** @returns the record of the last run in this directory, or undefined when it ended cleanly. */
export function readRunRecord(dir: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(dir, "running.json"), "utf8")) as RunRecord;
  } catch {
    return undefined;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

/**
 * Takes the lock of a state directory. It is an operating system lock on an SQLite file, so that it ends with the process however that
 * dies: there is no stale lock to judge. Children that a killed launcher left behind are ended here, before anything is started.
 * @param url where the stack answers; told to whoever finds the lock taken.
 * @throws {Failure} when another process holds it.
 */
export async function takeRunLock(dir: string, url: string): Promise<RunLock> {
  mkdirSync(dir, { recursive: true });
  const database = new DatabaseSync(join(dir, "lock.sqlite"));
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    const other = readRunRecord(dir);
    throw new Failure(
      other ? `Sidecar is already running (pid ${other.pid}) at ${other.url}` : "Sidecar is being started by another process right now.",
    );
  }

  for (const child of readRunRecord(dir)?.children ?? []) await endProcess(child.pid, child.start);

  const record: RunRecord = { pid: process.pid, url, children: [] };
  const path = join(dir, "running.json");
  const save = (): void => {
    writeFileSync(`${path}.new`, JSON.stringify(record));
    renameSync(`${path}.new`, path);
  };
  save();
  return {
    addChild(name, pid) {
      const start = startedAt(pid);
      if (start === undefined) return;
      record.children.push({ name, pid, start });
      save();
    },
    release() {
      rmSync(path, { force: true });
      database.close();
    },
  };
}
