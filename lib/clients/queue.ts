import "server-only";
import { PgBoss } from "pg-boss";
import { logger } from "../core/logger";
import { env } from "../env";

/** What a queue is created with; seconds. */
export type QueueSettings = { retryLimit: number; retryDelay: number; expireInSeconds: number };

function createQueueClient(options: { migrate: boolean }): PgBoss {
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    max: 3,
    migrate: options.migrate,
    createSchema: options.migrate,
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => logger.error({ err: error }, "queue error"));
  return boss;
}

const holder = globalThis as typeof globalThis & { sidecarQueue?: Promise<PgBoss> };

/** The started client of this process. A failed start is not remembered. */
export function getQueue(): Promise<PgBoss> {
  holder.sidecarQueue ??= createQueueClient({ migrate: false })
    .start()
    .catch((error: unknown) => {
      holder.sidecarQueue = undefined;
      throw error;
    });
  return holder.sidecarQueue;
}

/** Creates the queue's schema and one queue for each job, with its dead letters; runs after every migration and may run again. */
export async function prepareQueues(queues: Record<string, QueueSettings>): Promise<void> {
  const boss = await createQueueClient({ migrate: true }).start();
  try {
    for (const [name, { retryLimit, retryDelay, expireInSeconds }] of Object.entries(queues)) {
      const options = { retryLimit, retryDelay, expireInSeconds, retryBackoff: true };
      if (await boss.getQueue(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Closes this process's client, when there is one. */
export async function closeQueue(): Promise<void> {
  const started = holder.sidecarQueue;
  holder.sidecarQueue = undefined;
  if (started) await (await started).stop({ graceful: false });
}

/** Jobs of one queue by what they are doing. */
type Counts = { name: string; waiting: number; delayed: number; active: number; failed: number };

/** Counts the jobs of these queues as they are now. */
export async function readQueueCounts(names: readonly string[]): Promise<Counts[]> {
  const boss = await getQueue();
  return Promise.all(
    names.map(async (name) => {
      const [stats] = await boss.getQueueStats(name, { force: true });
      const { readyCount: waiting = 0, deferredCount: delayed = 0, activeCount: active = 0, failedCount: failed = 0 } = stats ?? {};
      return { name, waiting, delayed, active, failed };
    }),
  );
}
