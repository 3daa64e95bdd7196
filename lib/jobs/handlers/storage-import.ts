import "server-only";
import { continueImport } from "../../services/storage-import-service";
import type { JobPayload } from "../contracts";

/** An import was started, has paused, or was ended and has something to give back. */
export async function storageImport(payload: JobPayload<"storage-import">): Promise<void> {
  await continueImport({ kind: "system", label: "job:storage-import" }, payload);
}
