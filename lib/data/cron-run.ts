import "server-only";
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

/** The latest runs of every scheduled job, newest first, at most 50. */
export function listCronRuns() {
  return db.cronRun.findMany({ orderBy: { startedAt: "desc" }, take: 50 });
}
