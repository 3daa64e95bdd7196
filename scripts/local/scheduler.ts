import { readFileSync } from "node:fs";
import { CronExpressionParser } from "cron-parser";

/** What vercel.json schedules, for a machine without that platform's clock. */
interface Scheduled {
  readonly path: string;
  /** Five fields, UTC */
  readonly schedule: string;
}

/** The worker does this one's work without being asked. */
const WORKERS_OWN = "/api/cron/run-jobs";
/** Milliseconds */
const MINUTE = 60_000;

function readSchedule(): Scheduled[] {
  const { crons } = JSON.parse(readFileSync("vercel.json", "utf8")) as { crons: Scheduled[] };
  return crons.filter(({ path }) => path !== WORKERS_OWN);
}

/** Whether the schedule names a moment behind `since`, up to and with `now`. */
export function isDue(schedule: string, since: Date, now: Date): boolean {
  return CronExpressionParser.parse(schedule, { currentDate: since, tz: "UTC" }).next().toDate() <= now;
}

/**
 * Calls the app's scheduled addresses when vercel.json says so, for as long as this process lives. A call that fails is the app's to log, and comes again
 * with its next turn.
 *
 * @param secret what the app knows as CRON_SECRET
 */
export function startScheduler(baseUrl: string, secret: string): void {
  const schedule = readSchedule();
  let since = new Date();
  const timer = setInterval(() => {
    const now = new Date();
    const due = schedule.filter((each) => isDue(each.schedule, since, now));
    since = now;
    for (const { path } of due) {
      fetch(new URL(path, baseUrl), { headers: { authorization: `Bearer ${secret}` } }).catch(() => undefined);
    }
  }, MINUTE);
  timer.unref();
}
