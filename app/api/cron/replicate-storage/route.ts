import { defineCron } from "@/lib/gates/define-cron";
import { drainReplica } from "@/lib/services/storage-replica-service";

export const maxDuration = 300;

/** Milliseconds; the part that is under way then may use the rest of maxDuration. */
const WORKING_TIME = 200_000;

export const GET = defineCron("replicate-storage", (actor) => drainReplica(actor, new Date(Date.now() + WORKING_TIME)));
