import "server-only";
import { lookAfterUpload } from "../../services/storage-service";
import type { JobPayload } from "../contracts";

/** An upload that was begun should be finished by now, or have moved its lease on. */
export async function uploadExpire({ organizationId, mediaFileId }: JobPayload<"upload-expire">): Promise<void> {
  await lookAfterUpload({ organizationId, id: mediaFileId });
}
