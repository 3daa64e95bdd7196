import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { startChild, type Child, type RunOptions } from "./children.ts";
import { requireDiskSpace } from "./disk.ts";
import { explain, Failure } from "./failure.ts";
import { generateClient } from "./generate.ts";
import { readOptions, type Options } from "./options.ts";
import { portsFor, requireFreePorts, type Ports } from "./ports.ts";
import { endOrphanedPostgres } from "./postgres.ts";
import { bold, red, say, soft, step } from "./progress.ts";
import { appReady } from "./ready.ts";
import { startScheduler } from "./scheduler.ts";
import { takeRunLock, type RunLock } from "./run-lock.ts";
import { showScreen } from "./screen.ts";
import { startStack, type Stack } from "./stack.ts";
import { build, migrate, seed, serverProgram } from "./steps.ts";

const abort = new AbortController();
const aborted = new Promise<void>((resolve) => abort.signal.addEventListener("abort", () => resolve(), { once: true }));

/** Starts the app and the worker, and waits until the app answers. */
async function serve(options: Options, stack: Stack, lock: RunLock, children: Child[]): Promise<void> {
  const logDir = join(options.dir, "logs");
  const env = { ...stack.env, NEXT_DIST_DIR: options.distDir };
  const start = (name: string, command: string[]): void => {
    const child = startChild(name, command, env, logDir);
    children.push(child);
    lock.addChild(name, child.pid);
  };
  start("app", ["next", options.dev ? "dev" : "start", "--port", String(options.port)]);
  const worker = serverProgram("scripts/worker.ts");
  if (existsSync("scripts/worker.ts")) start("worker", options.dev ? ["tsx", "watch", ...worker.slice(1)] : worker);
  await appReady(`http://127.0.0.1:${options.port}`, children, abort.signal);
}

async function bringUp(options: Options, ports: Ports, lock: RunLock, running: { stack?: Stack; children: Child[] }): Promise<void> {
  const { dir } = options;
  const logDir = join(dir, "logs");
  const databaseUrl = process.env.DATABASE_URL;
  const parts = databaseUrl ? "the object store and mailbox" : "PostgreSQL, object store, mailbox";
  const run: RunOptions = { abort: abort.signal, started: (name, pid) => lock.addChild(name, pid) };
  await generateClient(logDir, run);
  const stack = await step(`Starting ${parts}`, () => startStack({ mode: options.dev ? "development" : "demo", dir, ports, databaseUrl }));
  running.stack = stack;
  const work = { logDir, run, announce: step };
  const tasks = [
    () => migrate(stack.env, work),
    () => seed(stack.env, dir, work),
    ...(options.dev ? [] : [() => build(stack.env, options.distDir, work)]),
    () => step("Starting the app and the worker", () => serve(options, stack, lock, running.children)),
  ];
  for (const task of tasks) if (!abort.signal.aborted) await task();
}

/** Runs the whole stack until it is stopped. @returns the exit code of the program. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const ports = portsFor(options.port);
  const url = `http://localhost:${options.port}`;
  requireDiskSpace(options.dir);
  const lock = await takeRunLock(options.dir, url);
  const running: { stack?: Stack; children: Child[] } = { children: [] };
  try {
    // A killed start may have left its database running, on the very port that is asked for next.
    await endOrphanedPostgres(options.dir);
    await requireFreePorts(
      ports,
      process.env.DATABASE_URL ? ["app", "store", "smtp", "mailbox"] : ["app", "postgres", "store", "smtp", "mailbox"],
    );
    say(`\n  ${bold("Sidecar")} ${soft(options.dev ? "development" : "demo")}\n`);
    await bringUp(options, ports, lock, running);
    const { env } = running.stack ?? {};
    if (env) startScheduler(url, env.CRON_SECRET ?? "");
    if (!abort.signal.aborted && running.stack) {
      const port = options.port === 3000 ? "" : ` -- --port ${options.port}`;
      showScreen({
        url,
        mailboxUrl: running.stack.mailboxUrl,
        logs: relative("", join(options.dir, "logs")),
        stop: "Ctrl-C (everything is kept)",
        reset: `npm run db:reset, then npm run ${options.dev ? "dev" : "demo"}${port}`,
      });
      const ended = await Promise.race([aborted, running.stack.died, ...running.children.map((child) => child.died)]);
      if (ended !== undefined) throw new Failure(ended);
    }
    return 0;
  } catch (error) {
    if (abort.signal.aborted) return 0;
    say(`\n  ${red(explain(error))}\n`);
    return 1;
  } finally {
    if (running.stack) say(soft("  Stopping …"));
    for (const child of running.children.toReversed()) await child.stop();
    await running.stack?.stop();
    lock.release();
    if (running.stack) say(soft("  Stopped. Everything is kept."));
  }
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => abort.abort());
// The launcher in plain JavaScript holds the other end of a channel: when it is killed, nobody is left to press Ctrl-C.
process.on("disconnect", () => abort.abort());
process.channel?.unref();
// A closed terminal takes no more lines, and the children still have to be stopped.
process.stdout.on("error", () => undefined);
try {
  process.exitCode = await main();
} catch (error) {
  // Only what came before anything was started: a wrong option, no room, another one running.
  say(explain(error));
  process.exitCode = 1;
}
