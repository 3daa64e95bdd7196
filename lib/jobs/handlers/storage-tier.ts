import "server-only";
import { settleTier } from "../../services/storage-cooling-service";
import type { JobPayload } from "../contracts";

/** A video may not be where its courses want it: in cold storage, or at hand. */
export async function storageTier(payload: JobPayload<"storage-tier">): Promise<void> {
  await settleTier({ kind: "system", label: "job:storage-tier" }, payload);
}
