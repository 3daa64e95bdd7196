import "server-only";
import { DAY, fromNow } from "../core/clock";
import { deleteCronRuns, finishCronRun, startCronRun } from "../data/cron-run";

/** How long runs are kept. */
const KEPT = 30 * DAY;

/**
 * Runs `work` as a row that the platform's staff sees: started, finished, counts, error. The job's rows of more than 30 days ago go.
 * Rethrows what `work` throws.
 */
export async function recordCronRun(name: string, work: () => Promise<Record<string, number>>): Promise<Record<string, number>> {
  await deleteCronRuns(name, fromNow(-KEPT));
  const id = await startCronRun(name);
  try {
    const counts = await work();
    await finishCronRun(id, { counts });
    return counts;
  } catch (error) {
    await finishCronRun(id, { error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
