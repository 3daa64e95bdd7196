import "server-only";
import { continueExport } from "../../services/storage-export-service";
import type { JobPayload } from "../contracts";

/** An export was started, or has paused. */
export async function storageExport(payload: JobPayload<"storage-export">): Promise<void> {
  await continueExport({ kind: "system", label: "job:storage-export" }, payload);
}
