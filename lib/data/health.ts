import "server-only";
import { db } from "../db";

/** Resolves when the database answers a query. */
export async function pingDatabase(): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
