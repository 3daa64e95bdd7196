import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";

/** Either the pool or an open transaction: what every data function takes last, the pool by default. */
export type Db = Prisma.TransactionClient;

/** The tenant: first argument of every query on tenant rows. */
export type TenantScope = { organizationId: string };

/** Runs `work` in one transaction (read committed, 10 s at most); a throw rolls everything back. */
export function inTransaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return db.$transaction(work, { maxWait: 5_000, timeout: 10_000 });
}
