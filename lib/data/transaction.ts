import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";

/** Either the pool or an open transaction: what every data function takes last, the pool by default. */
export type Db = Prisma.TransactionClient;

/** The tenant: first argument of every query on tenant rows. */
export type TenantScope = { organizationId: string };

/**
 * Runs `work` in one transaction (read committed); a throw rolls everything back.
 *
 * @param seconds how long it may take
 */
export function inTransaction<T>(work: (tx: Db) => Promise<T>, seconds = 10): Promise<T> {
  return db.$transaction(work, { maxWait: 5_000, timeout: seconds * 1000 });
}

/** For what moves as many rows as an organization has, such as the progress of all learners of a course; seconds. */
export const BULK_SECONDS = 60;

/** How long a transaction may take in which the store deletes something under a row's lock; seconds. */
export const ERASING_SECONDS = 30;
/** One call to the store ends within this; seconds. */
const LONGEST_CALL = 10;

/**
 * To be called right before the store deletes what a row's lock protects: proves that the lock is still held, and will be until the store
 * has answered. A store that is slow outlasts the transaction; the code after the call runs on, but by then somebody else may have
 * finished the upload, or put the object back.
 *
 * @throws Error when the transaction is over, or has not the time for one more call
 */
export async function assertHolding(tx: Db): Promise<void> {
  const rows = await tx.$queryRaw<{ late: boolean }[]>`
    SELECT clock_timestamp() > now() + make_interval(secs => ${ERASING_SECONDS - LONGEST_CALL}) AS late`;
  if (rows[0]?.late !== false) throw new Error("the store was too slow to delete under this lock: nothing more is deleted");
}
