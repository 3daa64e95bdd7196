import "server-only";
import { continueSweep } from "../../services/storage-orphan-service";
import type { JobPayload } from "../contracts";

/** A sweep was started, or has paused. */
export async function storageSweep(payload: JobPayload<"storage-sweep">): Promise<void> {
  await continueSweep({ kind: "system", label: "job:storage-sweep" }, payload);
}
