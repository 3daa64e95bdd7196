import "server-only";
import { continueDrain } from "../../services/storage-replica-service";

/** Objects wait to be copied into the replica, or to be deleted there. */
export async function replicateStorage(): Promise<void> {
  await continueDrain({ kind: "system", label: "job:replicate-storage" });
}
