import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure, failureOf } from "./failure.ts";
import { endProcess, startedAt } from "./processes.ts";

/** Node 24 and the programs of the installed packages; found from anywhere. */
export const BIN = join(import.meta.dirname, "../../node_modules/.bin");

/** The last lines of a log, for an error message. */
export function tail(path: string, lines = 20): string {
  return readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

/** A long-lived part of the stack. */
export interface Child {
  name: string;
  pid: number;
  log: string;
  /** Resolves with a sentence when it ends without having been asked to. */
  died: Promise<string>;
  stop: () => Promise<void>;
}

/** Only what a program needs to run is inherited: the caller's own settings must not leak into the stack. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = "", HOME, LANG, CI, TMPDIR } = process.env;
  const NODE_ENV = env.APP_ENV === "development" ? "development" : "production";
  return { HOME, LANG, CI, TMPDIR, ...env, NODE_ENV, PATH: `${BIN}:${PATH}` };
}

/** Starts a long-lived program of the packages; its output goes to a log file. */
export function startChild(name: string, command: string[], env: Record<string, string>, logDir: string): Child {
  const [program = "", ...args] = command;
  mkdirSync(logDir, { recursive: true });
  const log = join(logDir, `${name}.log`);
  const out = openSync(log, "w");
  // Each leads a process group of its own: Ctrl-C reaches only the launcher, which then stops its children in order, with theirs.
  const child = spawn(join(BIN, program), args, { detached: true, stdio: ["ignore", out, out], env: environment(env) });
  closeSync(out);
  let stopping = false;
  const died = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`The ${name} could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      if (!stopping)
        resolve(`The ${name} ended unexpectedly (${signal ?? `code ${code}`}). The end of ${relative("", log)}:\n${tail(log)}`);
    });
  });
  const pid = child.pid ?? 0;
  const start = pid ? startedAt(pid) : undefined;
  return {
    name,
    pid,
    log,
    died,
    stop: async () => {
      stopping = true;
      if (start !== undefined) await endProcess(pid, start);
    },
  };
}

/** How a program is run to its end. */
export interface RunOptions {
  /** Ends it early. */
  abort?: AbortSignal;
  /** Hears of the process, so that it can be ended later if this one is killed. */
  started?: (name: string, pid: number) => void;
  /** How many lines of the output a failure shows. */
  lines?: number;
}

/**
 * Runs a program to its end; its output goes to a log file.
 * @throws {Failure} with the end of its output when it fails.
 */
export async function runChild(
  name: string,
  command: string[],
  env: Record<string, string>,
  logDir: string,
  { abort, started, lines = 20 }: RunOptions = {},
): Promise<string> {
  const [program = "", ...args] = command;
  mkdirSync(logDir, { recursive: true });
  const log = join(logDir, `${name}.log`);
  const out = openSync(log, "w");
  const child = spawn(join(BIN, program), args, { detached: true, stdio: ["ignore", out, out], env: environment(env) });
  closeSync(out);
  const { pid } = child;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (pid !== undefined) started?.(name, pid);
  const end = (): void => void (pid && endProcess(pid, startedAt(pid)));
  abort?.addEventListener("abort", end, { once: true });
  const code = await ended;
  abort?.removeEventListener("abort", end);
  if (abort?.aborted) throw new Failure("Stopped.");
  if (code !== 0) {
    const output = tail(log, lines);
    throw failureOf(output, `${name} failed (code ${code}). The end of ${relative("", log)}:\n${output}`);
  }
  return readFileSync(log, "utf8");
}
