import { prepareOurs } from "./page-ours";
import { prepareRaw, prepareRawWithSums } from "./page-raw";
import { uppyDefault, uppyTuned } from "./page-uppy";

export type ContestantName = "raw" | "rawSums" | "ours" | "uppy" | "uppyTuned";

/** Each may prepare; what it returns is what the clock measures. @param sums of the file's parts, for who must know them ahead */
const contestants: Record<ContestantName, (file: File, sums: readonly string[]) => Promise<() => Promise<void>>> = {
  raw: prepareRaw,
  rawSums: prepareRawWithSums,
  ours: prepareOurs,
  uppy: (file) => Promise.resolve(() => uppyDefault(file)),
  uppyTuned: (file) => Promise.resolve(() => uppyTuned(file)),
};

declare global {
  interface Window {
    /** Uploads the chosen file; milliseconds. */
    runBench: (name: ContestantName, sums: readonly string[]) => Promise<number>;
  }
}

window.runBench = async (name, sums) => {
  const file = document.querySelector("input")?.files?.[0];
  if (!file) throw new Error("No file was chosen.");
  const run = await contestants[name](file, sums);
  const start = performance.now();
  await run();
  return performance.now() - start;
};
