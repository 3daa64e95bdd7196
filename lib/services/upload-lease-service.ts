import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { fromNow, HOUR } from "../core/clock";
import { findMediaFile, lockMediaFile, type LedgerRow } from "../data/media-file";
import { ERASING_SECONDS, inTransaction } from "../data/transaction";
import { renewLease, type UploadRow } from "../data/upload";
import { env } from "../env";
import type { MemberActor } from "../policies/actor";
import { eraseFile } from "./storage-service";

/** How long an upload waits for its next sign of life; milliseconds. A small file is sent at once or not at all. */
const leases = { whole: 6 * HOUR, parts: env.UPLOAD_LEASE_HOURS * HOUR };

/** When the reservation of an upload that begins now runs out. */
export function firstLease(partSize: number | null): Date {
  return fromNow(partSize === null ? leases.whole : leases.parts);
}

export function endedError(state: string): AppError {
  return new AppError("GONE", "This upload was cancelled, refused or given up. Choose the file again.", { log: `state ${state}` });
}

/**
 * The actor's own upload, under way or finished, as it is.
 *
 * @throws AppError NOT_FOUND, also for another person's and another tenant's; GONE when it has ended without a file
 */
export async function findOwnUpload(actor: MemberActor, mediaFileId: string): Promise<LedgerRow> {
  const file = await findMediaFile({ organizationId: actor.organization.id }, mediaFileId);
  if (file?.uploadedById !== actor.userId) throw notFoundError("This upload");
  if (file.state !== "PENDING" && file.state !== "READY" && file.state !== "RELEASED") throw endedError(file.state);
  return file;
}

/** The same, to go on with it: one under way has its lease moved on. @throws AppError NOT_FOUND, GONE */
export async function takeOwnUpload(actor: MemberActor, mediaFileId: string): Promise<UploadRow | LedgerRow> {
  const scope = { organizationId: actor.organization.id, uploadedById: actor.userId };
  return (await renewLease(scope, mediaFileId, leases)) ?? findOwnUpload(actor, mediaFileId);
}

/** Ends an upload that storage has lost. @throws AppError GONE, always */
export async function giveUpLostUpload(file: UploadRow): Promise<never> {
  await inTransaction(async (tx) => {
    const current = await lockMediaFile(file, file.id, tx);
    if (current?.state === "PENDING") await eraseFile(tx, current, "LOST");
  }, ERASING_SECONDS);
  throw endedError("LOST");
}
