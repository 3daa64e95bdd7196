import "server-only";
import { purgeDeletedItem } from "../../services/deleted-content-service";
import type { JobPayload } from "../contracts";

/** What was deleted can't be restored any more. */
export async function deletedContentPurge(payload: JobPayload<"deleted-content-purge">): Promise<void> {
  await purgeDeletedItem({ kind: "system", label: "job:deleted-content-purge" }, payload);
}
