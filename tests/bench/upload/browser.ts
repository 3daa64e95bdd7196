import { chromium, type Browser } from "playwright";
import { requireChromium } from "../../../scripts/local/suite/chromium.ts";
import config from "../../../playwright.config.ts";
import { watchMemory, type MemoryPeak } from "./memory.ts";
import type { ContestantName } from "./page.ts";

export type Run = {
  seconds: number;
  memory: MemoryPeak;
  /** Processor time of all of Chromium's processes, which busy neighbours don't change */
  cpuSeconds: number;
};

export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await requireChromium(), args: config.use?.launchOptions?.args ?? [] });
}

type Processes = {
  /** The process of the newest page */
  renderer: number | undefined;
  cpuSeconds: number;
};

async function readProcesses(browser: Browser): Promise<Processes> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  return {
    renderer: renderers.toSorted((left, right) => left - right).at(-1),
    cpuSeconds: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
  };
}

export type FileToSend = {
  path: string;
  /** Of its parts; empty when no contestant must know them ahead */
  sums: readonly string[];
};

/** Lets one contestant upload the file in a profile of its own. */
export async function runContestant(browser: Browser, app: string, file: FileToSend, name: ContestantName): Promise<Run> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(app);
    await page.locator("input").setInputFiles(file.path);
    const session = await context.newCDPSession(page);
    const before = await readProcesses(browser);
    const run = (): Promise<number> => page.evaluate(([which, sums]) => window.runBench(which, sums), [name, file.sums] as const);
    const [milliseconds, memory] = await watchMemory(session, before.renderer, run);
    const after = await readProcesses(browser);
    return { seconds: milliseconds / 1000, memory, cpuSeconds: after.cpuSeconds - before.cpuSeconds };
  } finally {
    await context.close();
  }
}
