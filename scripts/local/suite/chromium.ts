import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { BIN } from "../children.ts";
import { Failure } from "../failure.ts";
import { say, soft } from "../progress.ts";

const exec = promisify(execFile);
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInstalled(): string | undefined {
  const onPath = NAMES.flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, name)));
  return [process.env.CHROMIUM_PATH ?? "", ...onPath, MAC, chromium.executablePath()].filter(Boolean).find(isProgram);
}

async function attempt(program: string, args: string[], minutes: number): Promise<boolean> {
  try {
    await exec(program, args, { timeout: minutes * 60_000, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    return true;
  } catch {
    // One way to get a browser did not work; the caller tries the next, and says what to do when none is left.
    return false;
  }
}

/**
 * The path of a real Chromium: one that is there, else Playwright's own, else (as root on Debian) the system's package.
 * @throws {Failure} saying what to install when there is none to be had.
 */
export async function requireChromium(): Promise<string> {
  const installed = findInstalled();
  if (installed) return installed;
  say(soft("    No Chromium found: fetching Playwright's"));
  if (await attempt(join(BIN, "playwright"), ["install", "chromium"], 3)) {
    const own = findInstalled();
    if (own) return own;
  }
  if (process.getuid?.() === 0 && isProgram("/usr/bin/apt-get")) {
    say(soft("    Fetching Debian's"));
    if (
      (await attempt("apt-get", ["update"], 3)) &&
      (await attempt("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], 5))
    ) {
      const packaged = findInstalled();
      if (packaged) return packaged;
    }
  }
  throw new Failure("The browser tests need a Chromium: install the package chromium or Google Chrome, or set CHROMIUM_PATH to one.");
}
