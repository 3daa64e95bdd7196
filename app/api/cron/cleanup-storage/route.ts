import { defineCron } from "@/lib/gates/define-cron";
import { cleanupAndSweep } from "@/lib/services/storage-report-service";

export const maxDuration = 300;

/** Milliseconds; the step that is under way then may use the rest of maxDuration. */
const WORKING_TIME = 180_000;

export const GET = defineCron("cleanup-storage", (actor) => cleanupAndSweep(actor, new Date(Date.now() + WORKING_TIME)));
