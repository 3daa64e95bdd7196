import "server-only";
import { continueComparison } from "../../services/replica-comparison-service";
import type { JobPayload } from "../contracts";

/** A comparison of ledger and replica was started, or has paused. */
export async function compareReplica(payload: JobPayload<"compare-replica">): Promise<void> {
  await continueComparison({ kind: "system", label: "job:compare-replica" }, payload);
}
