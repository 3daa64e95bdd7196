import "server-only";
import { mailStorageWarning } from "../../services/storage-warning-service";
import type { JobPayload } from "../contracts";

/** Tells one person that their organization's storage fills up. */
export async function sendStorageWarning(payload: JobPayload<"send-storage-warning">): Promise<void> {
  await mailStorageWarning(payload);
}
