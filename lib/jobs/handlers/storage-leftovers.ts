import "server-only";
import { deleteOldPrefix } from "../../services/storage-leftover-service";
import type { JobPayload } from "../contracts";

/** No address of the objects that a move to another prefix left is good any more. */
export async function storageLeftovers(payload: JobPayload<"storage-leftovers">): Promise<void> {
  await deleteOldPrefix({ kind: "system", label: "job:storage-leftovers" }, payload);
}
