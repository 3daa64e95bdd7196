import { chromium, type Browser } from "playwright";
import { requireChromium } from "../../../scripts/local/suite/chromium.ts";
import config from "../../../playwright.config.ts";
import { watchMemory, type MemoryPeak } from "./memory.ts";
import type { ContestantName } from "./page.ts";

export type Run = { seconds: number; memory: MemoryPeak };

export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await requireChromium(), args: config.use?.launchOptions?.args ?? [] });
}

/** The process of the newest page; undefined where Chromium does not tell. */
async function newestRenderer(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => id)
    .toSorted((left, right) => left - right)
    .at(-1);
}

/** Lets one contestant upload the file in a profile of its own. */
export async function runContestant(browser: Browser, app: string, file: string, name: ContestantName): Promise<Run> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(app);
    await page.locator("input").setInputFiles(file);
    const session = await context.newCDPSession(page);
    const pid = await newestRenderer(browser);
    const [milliseconds, memory] = await watchMemory(session, pid, () => page.evaluate((which) => window.runBench(which), name));
    return { seconds: milliseconds / 1000, memory };
  } finally {
    await context.close();
  }
}
