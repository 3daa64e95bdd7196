import "server-only";
import { finishCronRun, startCronRun } from "../data/cron-run";

/** Runs `work` as a row that the platform's staff sees: started, finished, counts, error. Rethrows what `work` throws. */
export async function recordCronRun(name: string, work: () => Promise<Record<string, number>>): Promise<Record<string, number>> {
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
