/** Jobs of one queue by what they are doing. */
export type QueueCounts = { name: string; waiting: number; delayed: number; active: number; failed: number };

/** One run of a scheduled job. */
export type CronRunView = {
  id: string;
  name: string;
  startedAt: Date;
  finishedAt: Date | null;
  counts: Record<string, number>;
  error: string | null;
};
