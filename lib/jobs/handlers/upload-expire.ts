import "server-only";
import { expireReservation } from "../../services/storage-service";
import type { JobPayload } from "../contracts";

/** An upload that was begun should be finished by now. */
export async function uploadExpire({ organizationId, mediaFileId }: JobPayload<"upload-expire">): Promise<void> {
  await expireReservation({ organizationId, id: mediaFileId });
}
