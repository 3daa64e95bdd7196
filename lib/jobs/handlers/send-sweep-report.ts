import "server-only";
import { mailSweepReport } from "../../services/notification-service";
import type { JobPayload } from "../contracts";

/** A sweep of the storage is over. */
export async function sendSweepReport(payload: JobPayload<"send-sweep-report">): Promise<void> {
  await mailSweepReport(payload);
}
