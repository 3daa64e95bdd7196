import { defineCron } from "@/lib/gates/define-cron";
import { drainJobs } from "@/lib/jobs/run";

export const maxDuration = 60;

/** Milliseconds; what is under way may use the rest of maxDuration. */
const WORKING_TIME = 45_000;

export const GET = defineCron("run-jobs", () => drainJobs(new Date(Date.now() + WORKING_TIME)));
