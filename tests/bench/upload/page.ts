import { prepareOurs } from "./page-ours";
import { prepareRaw } from "./page-raw";
import { uppyDefault, uppyTuned } from "./page-uppy";

export type ContestantName = "raw" | "ours" | "uppy" | "uppyTuned";

/** Each may prepare; what it returns is what the clock measures. */
const contestants: Record<ContestantName, (file: File) => Promise<() => Promise<void>>> = {
  raw: prepareRaw,
  ours: prepareOurs,
  uppy: (file) => Promise.resolve(() => uppyDefault(file)),
  uppyTuned: (file) => Promise.resolve(() => uppyTuned(file)),
};

declare global {
  interface Window {
    /** Uploads the chosen file; milliseconds. */
    runBench: (name: ContestantName) => Promise<number>;
  }
}

window.runBench = async (name) => {
  const file = document.querySelector("input")?.files?.[0];
  if (!file) throw new Error("No file was chosen.");
  const run = await contestants[name](file);
  const start = performance.now();
  await run();
  return performance.now() - start;
};
