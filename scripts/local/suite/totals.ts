import { existsSync, readFileSync } from "node:fs";

/** How many checks passed and failed. */
export interface Totals {
  passed: number;
  failed: number;
}

/** Adds up. A step that failed without a failed test (it crashed, or a file did not load) counts as one failure. */
function honest(counted: Totals, ok: boolean): Totals {
  return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

/** A step that is one check: lint, types, build. */
export function single(ok: boolean): Totals {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Totals of vitest's JSON report. @param ok whether vitest ended with code 0 */
export function vitestTotals(report: string, ok: boolean): Totals {
  if (!existsSync(report)) return single(false);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as { numPassedTests: number; numFailedTests: number };
  return honest({ passed: numPassedTests, failed: numFailedTests }, ok);
}

/** Totals of Playwright's JSON report; a test that passed only when repeated counts as passed. @param ok as above */
export function playwrightTotals(report: string, ok: boolean): Totals {
  if (!existsSync(report)) return single(false);
  const { stats } = JSON.parse(readFileSync(report, "utf8")) as { stats: { expected: number; flaky: number; unexpected: number } };
  return honest({ passed: stats.expected + stats.flaky, failed: stats.unexpected }, ok);
}
