import "server-only";
import { purgeFile } from "../../services/storage-service";
import type { JobPayload } from "../contracts";

/** The undo window of a released file is over. */
export async function storagePurge(payload: JobPayload<"storage-purge">): Promise<void> {
  await purgeFile({ kind: "system", label: "job:storage-purge" }, payload);
}
