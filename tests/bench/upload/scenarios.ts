import type { ContestantName } from "./page.ts";

const MIB = 1024 ** 2;
const ALL: ContestantName[] = ["raw", "rawSums", "ours", "uppy", "uppyTuned"];

export type Scenario = {
  name: "plain" | "gigabit" | "capped" | "failing" | "huge";
  title: string;
  /** Bytes of the file */
  size: number;
  contestants: ContestantName[];
  rounds: number;
  /** Of each connection */
  bytesPerSecond?: number;
  /** Share of the part requests that the store answers 503 */
  failing?: number;
};

/** What is measured; `quick` for a look while working, not for figures. */
export function scenarios(quick: boolean): Scenario[] {
  const large = quick ? 256 * MIB : 1024 * MIB;
  const rounds = quick ? 1 : 3;
  return [
    { name: "plain", title: "Loopback, no cap", size: large, contestants: ALL, rounds },
    // What a rate for each connection holds back does not vary: one round of each of these two. Uppy sends one part at a time over one
    // connection, whatever its settings; four in flight have four times the rate.
    { name: "gigabit", title: "30 MiB/s for each connection", size: large, contestants: ALL, rounds: 1, bytesPerSecond: 30 * MIB },
    {
      name: "capped",
      title: "8 MiB/s for each connection",
      size: (quick ? 64 : 128) * MIB,
      contestants: ALL,
      rounds: 1,
      bytesPerSecond: 8 * MIB,
    },
    { name: "failing", title: "2 % of part requests fail", size: large, contestants: ALL, rounds, failing: 0.02 },
    { name: "huge", title: "Large sparse file", size: quick ? 1e9 : 10e9, contestants: ["ours"], rounds: 1 },
  ];
}
