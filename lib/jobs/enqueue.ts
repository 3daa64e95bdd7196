import "server-only";
import { fromPrisma } from "pg-boss";
import { getQueue } from "../clients/queue";
import type { Db } from "../data/transaction";
import { jobContracts, type JobName, type JobPayload } from "./contracts";

/**
 * Adds a job inside the caller's transaction: it exists when, and only when, the change that causes it is committed.
 *
 * @param startAfter not before this moment
 */
export async function enqueue<N extends JobName>(tx: Db, name: N, payload: JobPayload<N>, startAfter?: Date): Promise<void> {
  const data = jobContracts[name].payload.parse(payload);
  const queue = await getQueue();
  await queue.send(name, data, { db: fromPrisma(tx), startAfter });
}

/** Jobs that go to the queue in one statement. */
const CHUNK = 5_000;

/** Adds many jobs of one name like `enqueue`, with few statements. */
export async function enqueueMany<N extends JobName>(
  tx: Db,
  name: N,
  payloads: readonly JobPayload<N>[],
  startAfter?: Date,
): Promise<void> {
  const queue = await getQueue();
  for (let first = 0; first < payloads.length; first += CHUNK) {
    const jobs = payloads.slice(first, first + CHUNK).map((payload) => ({ data: jobContracts[name].payload.parse(payload), startAfter }));
    await queue.insert(name, jobs, { db: fromPrisma(tx) });
  }
}
