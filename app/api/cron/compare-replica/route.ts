import { defineCron } from "@/lib/gates/define-cron";
import { compareReplicaNightly } from "@/lib/services/replica-comparison-service";

export const maxDuration = 300;

/** Milliseconds; the rest is left to jobs. */
const WORKING_TIME = 180_000;

export const GET = defineCron("compare-replica", (actor) => compareReplicaNightly(actor, new Date(Date.now() + WORKING_TIME)));
