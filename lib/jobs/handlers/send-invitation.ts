import "server-only";
import { mailInvitation } from "../../services/notification-service";
import type { JobPayload } from "../contracts";

/** Mails one invitation. */
export async function sendInvitation(payload: JobPayload<"send-invitation">): Promise<void> {
  await mailInvitation(payload);
}
