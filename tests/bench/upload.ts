import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBucketsToBrowsers } from "../../scripts/local/bucket-cors.ts";
import { appEnvironment } from "../../scripts/local/environment.ts";
import { readSecrets } from "../../scripts/local/secrets.ts";
import { makeBenchFile, partSumsOf } from "./upload/bench-file.ts";
import { launchChromium } from "./upload/browser.ts";
import { buildPage } from "./upload/build-page.ts";
import { printReport } from "./upload/report.ts";
import { runScenario, type Measured } from "./upload/run-scenario.ts";
import { scenarios } from "./upload/scenarios.ts";
import { startStoreProcess } from "./upload/store-control.ts";

// npm run bench:upload sends the same file from a real Chromium to the embedded store, which keeps nothing, five ways: four bare loops of
// PUTs (raw), the same loops with a SHA-256 of each part (raw with sums), the product's own engine (ours), and Uppy with its defaults and at
// its best. With --quick: smaller files and one round; with --only plain, gigabit, capped, failing or huge: that scenario.
//
// seconds         the file is chosen until all is there; ours and Uppy begin and complete within it, raw has its addresses ahead of it
// mibPerSecond    of the file, not of what was sent again
// appCalls        requests to the app; signCalls: those of them that sign. At most one for 8 parts is wanted
// parts           PUTs of parts that the store saw, refused ones as well
// heapMib         the most heap and array buffers of page and workers above what there was before; at most 5 parts of 16 MiB are wanted
// processMib      the same of the renderer's whole process
// cpuSeconds      processor time of all of Chromium's processes; storeCpuSeconds: of the store. The app's is in neither
// ofRaw           raw's seconds through ours (1: as fast; 0.9 is wanted), ofRawWithSums likewise; ...ByProcessor: of the sums of both
//                 processor times, which busy neighbours hardly change
// timesUppy       Uppy's seconds through ours; timesUppyTuned: with parts of 64 MiB and addresses signed ahead. 3 is wanted where each
//                 connection is capped
//
// Ratios are medians of the ratios within each round; all else is a median over rounds, but memory, which is the most.
//
// What to believe: "gigabit" and "capped" are what people have, a line that is slower than their processor; there the distance to raw is the
// engine's own. On the plain loopback nothing holds the bytes back, so that browser and store take all of a small machine's processor, and
// whoever reads and hashes the file besides sending it is slower by what that costs. Ours can't be 0.9 of raw there on two cores; it is to be
// as fast as raw with sums. Skipping the sums would win that line of the table and lose the proof that what is stored is what was chosen.

/** The app's modules read their settings when they are first imported: after this. */
function settle(dir: string, storeUrl: string): void {
  const ports = { app: 0, store: 0, postgres: 0, smtp: 0, mailbox: 0 };
  const env = appEnvironment("test", "postgresql://nobody@127.0.0.1:1/none", ports, readSecrets(dir));
  Object.assign(process.env, env, { AWS_ENDPOINT_URL_S3: storeUrl });
}

async function main(dir: string): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
  const secrets = readSecrets(dir);
  const store = await startStoreProcess(join(dir, "store"), [secrets.storeAccessKey, secrets.storeSecretKey]);
  settle(dir, store.url);
  await openBucketsToBrowsers(store.url, secrets);
  const pages = join(dir, "pages");
  await buildPage(pages);
  const { startAppServer } = await import("./upload/app-server.ts");
  const app = await startAppServer(pages);
  const browser = await launchChromium();
  const measured: Measured[] = [];
  try {
    const chosen = scenarios(values.quick).filter(({ name }) => values.only === undefined || name === values.only);
    for (const scenario of chosen) {
      const path = await makeBenchFile(dir, `${scenario.size}.mp4`, scenario.size);
      const sums = scenario.contestants.includes("rawSums") ? await partSumsOf(path, scenario.size) : [];
      measured.push(...(await runScenario(scenario, { browser, store, app, file: { path, sums } })));
    }
  } finally {
    await browser.close();
    app.stop();
    store.stop();
  }
  printReport(measured);
}

const directory = mkdtempSync(join(tmpdir(), "bench-upload-"));
try {
  await main(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
