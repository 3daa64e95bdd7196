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
 * @param seconds how long it may take; more than 10 only for what people wait for, such as emptying a whole organization
 */
export function inTransaction<T>(work: (tx: Db) => Promise<T>, seconds = 10): Promise<T> {
  return db.$transaction(work, { maxWait: 5_000, timeout: seconds * 1000 });
}
