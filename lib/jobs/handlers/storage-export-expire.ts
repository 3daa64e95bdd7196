import "server-only";
import { clearExport } from "../../services/storage-export-service";
import type { JobPayload } from "../contracts";

/** An archive's time is over, or its export was ended. */
export async function storageExportExpire(payload: JobPayload<"storage-export-expire">): Promise<void> {
  await clearExport({ kind: "system", label: "job:storage-export-expire" }, payload);
}
