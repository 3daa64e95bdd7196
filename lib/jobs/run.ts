import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { JobWithMetadata } from "pg-boss";
import { closeQueue, getQueue } from "../clients/queue";
import { newId } from "../core/id";
import { logger } from "../core/logger";
import { withRequestId } from "../core/request-context";
import { jobContracts, jobNames, type JobName } from "./contracts";
import { handlers, type Handler } from "./registry";

/** Jobs of one name that are taken, and worked on, at a time. */
const BATCH = 4;
/** Milliseconds between two looks at empty queues. */
const PAUSE = 1_000;
/** Milliseconds between two searches for jobs whose worker died. */
const RESCUE_EVERY = 60_000;

export type JobCounts = { completed: number; failed: number };

async function handle(name: JobName, data: unknown): Promise<void> {
  // The contract of a name gives the payload of that name, which the compiler can't follow through two lookups.
  const handler = handlers[name] as Handler<JobName>;
  await handler(jobContracts[name].payload.parse(data));
}

/** Runs one job and settles it. A failure is logged and left to the queue, which tries again with growing pauses. */
async function settle(name: JobName, job: JobWithMetadata): Promise<keyof JobCounts> {
  const queue = await getQueue();
  // Names the attempt: a slow one that was given up meanwhile must not settle its successor.
  const attempt = { id: job.id, retryCount: job.retryCount };
  try {
    await handle(name, job.data);
  } catch (error) {
    const { retryCount, retryLimit } = job;
    logger[retryCount < retryLimit ? "warn" : "error"]({ err: error, job: name, jobId: job.id, retryCount, retryLimit }, "job failed");
    await queue.fail(name, attempt, { message: error instanceof Error ? error.message : String(error) });
    return "failed";
  }
  await queue.complete(name, attempt);
  return "completed";
}

/** Takes a batch of every name and works on it. @returns what became of the jobs */
async function runBatch(mayGoOn: () => boolean): Promise<JobCounts> {
  const queue = await getQueue();
  const counts: JobCounts = { completed: 0, failed: 0 };
  for (const name of jobNames) {
    if (!mayGoOn()) break;
    const jobs = await queue.fetch<object>(name, { batchSize: BATCH, includeMetadata: true });
    const outcomes = await Promise.all(jobs.map((job) => withRequestId(newId(), () => settle(name, job))));
    for (const outcome of outcomes) counts[outcome] += 1;
  }
  return counts;
}

/** Gives jobs whose worker died back to their queues, and removes what is kept for longer than the queues say. */
async function rescueJobs(): Promise<void> {
  const queue = await getQueue();
  await queue.supervise();
}

/**
 * Works until every queue is empty or `deadline` has come; then takes no new job. For platforms without a long-lived worker.
 * Several may run at once: a job is taken by one.
 */
export async function drainJobs(deadline: Date): Promise<JobCounts> {
  await rescueJobs();
  const total: JobCounts = { completed: 0, failed: 0 };
  const mayGoOn = () => Date.now() < deadline.getTime();
  while (mayGoOn()) {
    const { completed, failed } = await runBatch(mayGoOn);
    total.completed += completed;
    total.failed += failed;
    if (completed + failed === 0) break;
  }
  return total;
}

/**
 * Works until `signal` aborts, and resolves once the jobs under way are settled. An unreachable database is logged and tried again.
 */
export async function workJobs(signal: AbortSignal): Promise<void> {
  const mayGoOn = () => !signal.aborted;
  let rescueAt = 0;
  while (mayGoOn()) {
    let idle = true;
    try {
      if (Date.now() >= rescueAt) {
        rescueAt = Date.now() + RESCUE_EVERY;
        await rescueJobs();
      }
      const { completed, failed } = await runBatch(mayGoOn);
      idle = completed + failed === 0;
    } catch (error) {
      logger.error({ err: error }, "the queue can't be read; trying again");
    }
    // An abort ends the pause, and the loop's condition ends the work.
    if (idle) await wait(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

/** Closes this process's connection to the queues. */
export async function closeWorker(): Promise<void> {
  await closeQueue();
}
