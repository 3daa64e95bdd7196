import "server-only";
import { mailExportReady } from "../../services/storage-export-service";
import type { JobPayload } from "../contracts";

/** An export is done. */
export async function sendExportReady(payload: JobPayload<"send-export-ready">): Promise<void> {
  await mailExportReady(payload);
}
