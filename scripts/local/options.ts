import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";

/** How the stack was asked to run. */
export interface Options {
  dev: boolean;
  port: number;
  /** State directory, from SIDECAR_LOCAL_DIR. */
  dir: string;
  /** Where Next builds; each state directory has its own, so that stacks don't overwrite each other's build. */
  distDir: string;
}

/** The state directory of this shell. */
export function stateDir(): string {
  return process.env.SIDECAR_LOCAL_DIR ?? ".local";
}

/** @throws {Failure} when an option is unknown or no port number. */
export function readOptions(argv: string[]): Options {
  let values: { dev?: boolean; port?: string };
  try {
    ({ values } = parseArgs({ args: argv, options: { dev: { type: "boolean" }, port: { type: "string" } } }));
  } catch (cause) {
    throw new Failure(`The only option is --port <number>: ${cause instanceof Error ? cause.message : ""}`, { cause });
  }
  const port = Number(values.port ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Failure(`--port wants a number from 1 to 65535, not "${values.port}".`);
  const dir = stateDir();
  return { dev: values.dev ?? false, port, dir, distDir: dir === ".local" ? ".next" : `.next-${basename(dir)}` };
}
