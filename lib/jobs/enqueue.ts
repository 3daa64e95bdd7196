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
