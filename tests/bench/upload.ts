import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBucketToBrowsers } from "../../scripts/local/bucket-cors.ts";
import { appEnvironment } from "../../scripts/local/environment.ts";
import { readSecrets } from "../../scripts/local/secrets.ts";
import { makeBenchFile, partSumsOf } from "./upload/bench-file.ts";
import { launchChromium } from "./upload/browser.ts";
import { buildPage } from "./upload/build-page.ts";
import { printReport } from "./upload/report.ts";
import { runScenario, type Measured } from "./upload/run-scenario.ts";
import { scenarios } from "./upload/scenarios.ts";
import { startStoreProcess } from "./upload/store-control.ts";

// npm run bench:upload sends the same file from a real Chromium to the embedded store by four bare loops of PUTs, by the product's own
// engine, and by Uppy with its defaults and at its best; on a fast line, with a rate for each connection, and with failing requests.
// Ratios are of medians of one run. With --quick smaller files and one round; with --only <name> one scenario.

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
  await openBucketToBrowsers(store.url, secrets);
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
