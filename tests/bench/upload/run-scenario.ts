import type { Browser } from "playwright";
import type { AppServer } from "./app-server.ts";
import { runContestant, type FileToSend, type Run } from "./browser.ts";
import type { ContestantName } from "./page.ts";
import type { Scenario } from "./scenarios.ts";
import type { StoreAnswer, StoreProcess } from "./store-control.ts";

export type Measured = Run & {
  scenario: Scenario;
  contestant: ContestantName;
  /** What the store saw of it */
  store: StoreAnswer;
  /** Of the app, from begin to completion; those of them that sign while it uploads */
  appCalls: number;
  signCalls: number;
  storeCpuSeconds: number;
};

/** Of this seed and the two after it: together they fail 2 % of 16 parts of 64 MiB, of 64 parts of 16 MiB and of 205 of 5 MiB alike. */
const FIRST_SEED = 12;

type Place = { browser: Browser; store: StoreProcess; app: AppServer; file: FileToSend };

/** Every contestant in every round, in another order each time, so that none is always first. */
export async function runScenario(scenario: Scenario, { browser, store, app, file }: Place): Promise<Measured[]> {
  const { contestants, rounds, bytesPerSecond, failing, title } = scenario;
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const order = contestants.map((_, index) => contestants[(index + round) % contestants.length]).filter((name) => name !== undefined);
    for (const contestant of round % 2 === 0 ? order : order.toReversed()) {
      // The same requests by number fail for all of a round.
      const before = await store.order({
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
        ...(failing === undefined ? {} : { failing: { share: failing, seed: FIRST_SEED + round } }),
      });
      app.takeCalls();
      const run = await runContestant(browser, app.url, file, contestant);
      const seen = await store.order({});
      const calls = app.takeCalls();
      const appCalls = [...calls.values()].reduce((sum, count) => sum + count, 0);
      const signCalls = calls.get("/api/s3/sign") ?? appCalls;
      const storeCpuSeconds = seen.cpuSeconds - before.cpuSeconds;
      measured.push({ ...run, scenario, contestant, appCalls, signCalls, storeCpuSeconds, store: seen });
      console.log(`${title}, round ${round + 1} of ${rounds}: ${contestant} ${run.seconds.toFixed(2)} s`);
    }
  }
  return measured;
}
