import "server-only";
import { readQueueCounts } from "../clients/queue";
import { listCronRuns as findCronRuns } from "../data/cron-run";
import { jobNames } from "../jobs/contracts";
import type { PlatformActor } from "../policies/actor";
import type { CronRunView, QueueCounts } from "../schemas/job";

/** How many jobs wait, run and have failed, for each kind. */
export function listQueues(_actor: PlatformActor): Promise<QueueCounts[]> {
  return readQueueCounts(jobNames);
}

function toCounts(value: unknown): Record<string, number> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}

/** The latest 20 runs of each scheduled job, newest first. */
export async function listCronRuns(_actor: PlatformActor): Promise<CronRunView[]> {
  const rows = await findCronRuns(20);
  return rows.map((row) => ({ ...row, counts: toCounts(row.counts) }));
}
