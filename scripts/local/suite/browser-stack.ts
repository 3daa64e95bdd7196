import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startChild, type Child } from "../children.ts";
import { freePorts, isPortFree, portsFor, type Ports } from "../ports.ts";
import { startStack, type Stack } from "../stack.ts";
import { serverProgram } from "../steps.ts";

/** The app's usual port in tests, so that one build serves many runs: the store's address is part of a build. */
const USUAL_PORT = 3900;
export const TEST_DIST_DIR = ".next-test";

async function testPorts(): Promise<Ports> {
  const usual = portsFor(USUAL_PORT);
  const free = await Promise.all(Object.values<number>({ ...usual }).map((port) => isPortFree(port)));
  return free.every(Boolean) ? usual : freePorts();
}

/** A stack of its own for the build and the journeys; `dir` is thrown away afterwards. */
export async function startTestStack(dir: string): Promise<Stack> {
  const stack = await startStack({ mode: "test", dir, ports: await testPorts(), volatile: true });
  // Inlined into the build like the addresses: a random one would make every build a new one.
  stack.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = createHash("sha256").update("sidecar tests").digest("base64");
  stack.env.NEXT_DIST_DIR = TEST_DIST_DIR;
  // About a second: the journey of a sweep can't wait for a week, and the store's clock is also the one of journeys beside it.
  stack.env.STORAGE_ORPHAN_DAYS = "0.00001";
  return stack;
}

/** Starts the app's production build and the worker. */
export function startApp(stack: Stack, logDir: string): Child[] {
  const port = new URL(stack.env.BETTER_AUTH_URL ?? "").port;
  const children = [startChild("app", ["next", "start", "--port", port], stack.env, logDir)];
  const worker = "scripts/worker.ts";
  if (existsSync(worker)) children.push(startChild("worker", serverProgram(worker), stack.env, join(logDir)));
  return children;
}
