import pLimit from "p-limit";
import { listObjects } from "@/lib/clients/bucket";
import { putObject } from "@/lib/clients/object-store";
import { db } from "@/lib/db";
import { sweepStorage } from "@/lib/services/storage-orphan-service";
import { BODY, benchKey, isOrphan } from "./bench-keys.ts";

// One piece of work in a process of its own, so that its memory and time are nobody else's: `put` the orphans, `list` every page and
// nothing more, `sweep`, or do what a `job` does: report in slices of 40 seconds. Says how long it took and how much its memory grew at the most.

const SAMPLE_MS = 50;

async function putOrphans(objects: number, orphans: number): Promise<void> {
  const limit = pLimit(8);
  const numbers = Array.from({ length: objects }, (_, number) => number).filter((number) => isOrphan(number, objects, orphans));
  await Promise.all(
    numbers.map((number) => limit(() => putObject(benchKey(number, objects), Buffer.from(BODY), { contentType: "video/mp4" }))),
  );
}

async function listAll(): Promise<void> {
  let after: string | null = null;
  for (let more = true; more;) {
    const page: Awaited<ReturnType<typeof listObjects>> = await listObjects(after);
    after = page.objects.at(-1)?.key ?? after;
    more = page.more;
  }
}

async function sweep(): Promise<void> {
  const { state } = await sweepStorage({ kind: "system", label: "bench" }, { mode: "DELETE", force: null });
  if (state !== "DONE") throw new Error(`The sweep ended as ${state}.`);
}

async function job(): Promise<void> {
  for (let state = "RUNNING"; state === "RUNNING";) {
    const until = new Date(Date.now() + 40_000);
    ({ state } = await sweepStorage({ kind: "system", label: "bench" }, { mode: "REPORT", force: null, until }));
  }
}

const [work = "", objects = "0", orphans = "0"] = process.argv.slice(2);
const works: Record<string, () => Promise<void>> = { put: () => putOrphans(Number(objects), Number(orphans)), list: listAll, sweep, job };

// Both connections are open, and what every process needs once is there.
await listObjects(null);
await db.mediaFile.findMany({ orderBy: { fileKey: "asc" }, take: 1000 });
const before = process.memoryUsage.rss();
let peak = before;
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
const start = performance.now();
await works[work]?.();
const seconds = (performance.now() - start) / 1000;
clearInterval(timer);
process.send?.({ seconds, rssGrowthMib: (peak - before) / 1024 ** 2 });
process.exit(0);
