import { defineConfig } from "@playwright/test";

/** Journeys that slow the store down, count the parts that it takes or have the same person begin many uploads: one at a time. */
const SENDING = /\/(logo|pictures|resume|transfer|undo|uploads)\.spec\.ts$/;

/**
 * The journeys run against a production build on a throw-away stack that scripts/test.mjs starts; its address, its mailbox and the
 * browser come through the environment.
 */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  projects: [
    { name: "sending", testMatch: SENDING, workers: 1 },
    { name: "pages", testIgnore: SENDING },
  ],
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: process.env.BETTER_AUTH_URL ?? "http://localhost:3000",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
      ],
    },
  },
});
