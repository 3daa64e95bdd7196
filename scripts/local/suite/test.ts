import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runChild, type RunOptions } from "../children.ts";
import { requireDiskSpace } from "../disk.ts";
import { explain, Failure } from "../failure.ts";
import { generateClient } from "../generate.ts";
import { bold, red, say, soft, step } from "../progress.ts";
import { appReady } from "../ready.ts";
import { build, migrate, seed, silently, type Work } from "../steps.ts";
import { makeThrowaway, removeThrowaway } from "../throwaway.ts";
import { startApp, startTestStack, TEST_DIST_DIR } from "./browser-stack.ts";
import { requireChromium } from "./chromium.ts";
import { startStoreControl } from "./store-control.ts";
import { playwrightTotals, single, vitestTotals, type Totals } from "./totals.ts";

const STEPS = ["lint", "types", "unit", "integration", "build", "e2e"] as const;
type Step = (typeof STEPS)[number];

/** Logs and reports of the last run. Nothing else of this run is kept, and the demo's own data is not touched. */
const LOGS = ".local/test";
const abort = new AbortController();
const whole: RunOptions = { abort: abort.signal, lines: 200 };
const work: Work = { logDir: LOGS, run: whole, announce: silently };

/** Runs one step: never throws, prints what failed, counts. */
async function check(name: string, run: () => Promise<unknown>, count: (ok: boolean) => Totals): Promise<Totals> {
  let ok = true;
  try {
    await step(name, run);
  } catch (error) {
    ok = false;
    say(`\n${explain(error)}\n`);
  }
  const totals = count(ok);
  if (totals.passed + totals.failed > 1) say(soft(`    ${totals.passed} passed, ${totals.failed} failed`));
  return totals;
}

function vitest(project: "unit" | "integration", patterns: string[]): Promise<Totals> {
  const report = join(LOGS, `${project}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  // The storage tests, which any S3 endpoint can be asked, are asked of the embedded store here: its settings are not handed on.
  const also = project === "integration" ? ["--project", "storage"] : [];
  const command = ["vitest", "run", "--project", project, ...also, "--passWithNoTests", ...reporters, ...patterns];
  rmSync(report, { force: true });
  // The tests start what they need themselves, or use the DATABASE_URL of this shell.
  const env: Record<string, string> = process.env.DATABASE_URL ? { DATABASE_URL: process.env.DATABASE_URL } : {};
  return check(
    project === "unit" ? "Unit tests" : "Integration tests",
    () => runChild(project, command, env, LOGS, whole),
    (ok) => vitestTotals(report, ok),
  );
}

/**
 * The build and the journeys share one stack. Journeys need a build, and one that is up to date is not made again; it is a check of its
 * own where it was asked for. `meanwhile` is waited for between the two: journeys keep time, and want the machine for themselves.
 */
async function browser(wanted: Set<Step>, patterns: string[], meanwhile: Promise<unknown>): Promise<Totals[]> {
  const dir = await makeThrowaway();
  const stack = await startTestStack(dir);
  const totals: Totals[] = [];
  try {
    const built = await check("Build", () => build(stack.env, TEST_DIST_DIR, work), single);
    await meanwhile;
    if (wanted.has("build") || built.failed > 0) totals.push(built);
    if (!wanted.has("e2e") || abort.signal.aborted) return totals;
    totals.push(built.failed > 0 ? single(false) : await journeys(stack, dir, patterns));
    return totals;
  } finally {
    await stack.stop();
    removeThrowaway(dir);
  }
}

async function journeys(stack: Awaited<ReturnType<typeof startTestStack>>, dir: string, patterns: string[]): Promise<Totals> {
  const report = "test-results/e2e.json";
  rmSync(report, { force: true });
  const run = async (): Promise<void> => {
    const CHROMIUM_PATH = await requireChromium();
    await migrate(stack.env, work);
    await seed(stack.env, dir, work);
    const children = startApp(stack, LOGS);
    const control = await startStoreControl(stack.store);
    try {
      await appReady(stack.env.BETTER_AUTH_URL ?? "", children, abort.signal);
      const command = ["playwright", "test", "--pass-with-no-tests", ...patterns];
      // Without the app every journey would wait for its own time to run out.
      const orphaned = new AbortController();
      const tests = runChild("e2e", command, { ...stack.env, CHROMIUM_PATH, STORE_CONTROL_URL: control.url }, LOGS, {
        ...whole,
        abort: AbortSignal.any([abort.signal, orphaned.signal]),
      });
      const died = Promise.race(children.map((child) => child.died)).then((sentence) => {
        orphaned.abort();
        return sentence;
      });
      const sentence = await Promise.race([tests.then(() => undefined), died]);
      if (sentence !== undefined) throw new Failure(sentence);
    } finally {
      await control.close();
      for (const child of children.toReversed()) await child.stop();
    }
  };
  return check("Journeys in Chromium", run, (ok) => playwrightTotals(report, ok));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: "string" } } });
  const names = values.only?.split(",") ?? STEPS;
  const unknown = names.find((name) => !STEPS.some((known) => known === name));
  if (unknown) throw new Failure(`--only wants some of ${STEPS.join(", ")}, separated by commas, not "${unknown}".`);
  const wanted = new Set(STEPS.filter((name) => names.includes(name)));
  requireDiskSpace(".");
  mkdirSync(LOGS, { recursive: true });
  say(`\n  ${bold("Sidecar")} ${soft("tests")}\n`);
  await generateClient(LOGS, whole);

  const lint = async (): Promise<void> => {
    await runChild("eslint", ["eslint", ".", "--max-warnings", "0"], {}, LOGS, whole);
    await runChild("prettier", ["prettier", "--check", "."], {}, LOGS, whole);
  };
  const types = async (): Promise<void> => {
    await runChild("types", ["tsc", "--noEmit"], {}, LOGS, whole);
  };
  // The routes' types, which both the typed lint rules and the compiler read.
  if (wanted.has("lint") || wanted.has("types")) await runChild("typegen", ["next", "typegen"], {}, LOGS, whole);
  const totals: Totals[] = [];
  const running = (): boolean => !abort.signal.aborted;
  // Lint takes one core for as long as types, unit tests and the build take another.
  const linted = (wanted.has("lint") ? check("Lint", lint, single) : Promise.resolve(null)).then((outcome) => {
    if (outcome) totals.push(outcome);
  });
  if (wanted.has("types")) totals.push(await check("Types", types, single));
  if (wanted.has("unit") && running()) totals.push(await vitest("unit", positionals));
  if ((wanted.has("build") || wanted.has("e2e")) && running()) totals.push(...(await browser(wanted, positionals, linted)));
  await linted;
  if (wanted.has("integration") && running()) totals.push(await vitest("integration", positionals));
  if (!running()) return 130;

  const passed = totals.reduce((sum, part) => sum + part.passed, 0);
  const failed = totals.reduce((sum, part) => sum + part.failed, 0);
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => abort.abort());
process.on("disconnect", () => abort.abort());
process.channel?.unref();
try {
  process.exitCode = await main();
} catch (error) {
  say(red(explain(error)));
  say("\n0 passed, 1 failed");
  process.exitCode = 1;
}
