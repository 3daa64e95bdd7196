import type { ContestantName } from "./page.ts";
import type { Measured } from "./run-scenario.ts";
import type { Scenario } from "./scenarios.ts";

const MIB = 1024 ** 2;
const TITLES: Record<ContestantName, string> = {
  raw: "raw loops",
  rawSums: "raw with sums",
  ours: "ours",
  uppy: "Uppy",
  uppyTuned: "Uppy, tuned",
};

/** The medians of one contestant in one scenario. */
type Line = {
  seconds: number;
  mibPerSecond: number;
  appCalls: number;
  signCalls: number;
  /** PUTs that the store saw, refused ones as well */
  parts: number;
  heapMib: number;
  processMib: number | null;
  /** Processor time of Chromium and of the store, which busy neighbours don't change */
  cpuSeconds: number;
  storeCpuSeconds: number;
};

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

function lineOf(runs: readonly Measured[]): Line {
  const seconds = median(runs.map((run) => run.seconds));
  const known = runs.flatMap(({ memory }) => (memory.process === null ? [] : [memory.process]));
  return {
    seconds: round(seconds, 2),
    mibPerSecond: round((runs[0]?.scenario.size ?? 0) / MIB / seconds),
    appCalls: median(runs.map(({ appCalls }) => appCalls)),
    signCalls: median(runs.map(({ signCalls }) => signCalls)),
    parts: median(runs.map(({ store }) => store.parts)),
    heapMib: round(Math.max(...runs.map(({ memory }) => memory.heap)) / MIB),
    processMib: known.length === 0 ? null : round(Math.max(...known) / MIB),
    cpuSeconds: round(median(runs.map(({ cpuSeconds }) => cpuSeconds)), 2),
    storeCpuSeconds: round(median(runs.map(({ storeCpuSeconds }) => storeCpuSeconds)), 2),
  };
}

/** By how much another contestant takes more than ours: a median over rounds of the ratios within each. */
function timesOurs(runs: readonly Measured[], other: ContestantName, taken: (run: Measured) => number): number | null {
  const of = (name: ContestantName): number[] => runs.filter(({ contestant }) => contestant === name).map(taken);
  const [own, others] = [of("ours"), of(other)];
  if (own.length === 0 || others.length === 0) return null;
  return round(median(own.map((seconds, index) => (others[index] ?? Number.NaN) / seconds)), 2);
}

function printScenario(scenario: Scenario, runs: readonly Measured[]): object {
  console.log(`\n${scenario.title}: ${round(scenario.size / MIB)} MiB, median of ${scenario.rounds}`);
  const lines = Object.fromEntries(
    scenario.contestants.map((name) => [name, lineOf(runs.filter(({ contestant }) => contestant === name))] as const),
  );
  const rows = Object.entries(lines).map(([name, line]) => ({
    contestant: TITLES[name as ContestantName],
    ...line,
    "sign calls / part": round(line.signCalls / line.parts, 3),
  }));
  console.table(Object.fromEntries(rows.map(({ contestant, ...row }) => [contestant, row])));
  const seconds = (run: Measured): number => run.seconds;
  const processor = (run: Measured): number => run.cpuSeconds + run.storeCpuSeconds;
  const ratios = {
    ofRaw: timesOurs(runs, "raw", seconds),
    ofRawWithSums: timesOurs(runs, "rawSums", seconds),
    ofRawByProcessor: timesOurs(runs, "raw", processor),
    ofRawWithSumsByProcessor: timesOurs(runs, "rawSums", processor),
    timesUppy: timesOurs(runs, "uppy", seconds),
    timesUppyTuned: timesOurs(runs, "uppyTuned", seconds),
  };
  if (scenario.contestants.length > 1) {
    const of = (name: keyof typeof ratios): number | string => ratios[name] ?? "-";
    console.log(`ours: ${of("ofRaw")} of raw, ${of("ofRawWithSums")} of raw with sums`);
    console.log(`by processor time: ${of("ofRawByProcessor")} of raw, ${of("ofRawWithSumsByProcessor")} of raw with sums`);
    console.log(`ours: ${of("timesUppy")} times Uppy, ${of("timesUppyTuned")} times Uppy at its best`);
  }
  return { ...ratios, ...lines };
}

/** Prints a table for each scenario and, last, one line of JSON with the figures. */
export function printReport(measured: readonly Measured[]): void {
  const all = [...new Set(measured.map(({ scenario }) => scenario))];
  const figures = all.map((scenario) => {
    const runs = measured.filter((run) => run.scenario === scenario);
    return [scenario.name, printScenario(scenario, runs)] as const;
  });
  console.log(JSON.stringify({ bench: "upload", ...Object.fromEntries(figures) }));
}
