import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";

/** Opens a run's row and gives its id. */
export async function startCronRun(name: string): Promise<string> {
  const run = await db.cronRun.create({ data: { name }, select: { id: true } });
  return run.id;
}

/** Closes a run's row with its counts or its error. */
export async function finishCronRun(id: string, outcome: { counts: Record<string, number> } | { error: string }): Promise<void> {
  await db.cronRun.update({ where: { id }, data: { finishedAt: new Date(), ...outcome } });
}

export type CronRunRow = {
  id: string;
  name: string;
  startedAt: Date;
  finishedAt: Date | null;
  counts: Prisma.JsonValue;
  error: string | null;
};

/** The latest `each` runs of every scheduled job, newest first: one that runs every minute does not crowd out a weekly one. */
export function listCronRuns(each: number): Promise<CronRunRow[]> {
  return db.$queryRaw<CronRunRow[]>`
    SELECT id, name, "startedAt", "finishedAt", counts, error
    FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY "startedAt" DESC) AS place FROM "CronRun") run
    WHERE place <= ${each} ORDER BY "startedAt" DESC`;
}

/** Forgets a scheduled job's runs from before a moment. */
export async function deleteCronRuns(name: string, before: Date): Promise<void> {
  await db.cronRun.deleteMany({ where: { name, startedAt: { lt: before } } });
}
