import "server-only";
import type { LedgerRow } from "../data/media-file";
import { listUnfinishedUploads, listUnusedUploads } from "../data/upload";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import type { OwnUploads, UnfinishedUpload, UploadDestination } from "../schemas/upload";
import { mediaView } from "./delivery-service";

/** More than a person has left lying about; the rest shows when these are dealt with. */
const LIMIT = 50;

function destinationOf(file: { destinationHref: string | null; destinationLabel: string | null }): UploadDestination | null {
  const { destinationHref: href, destinationLabel: label } = file;
  return href && label ? { href, label } : null;
}

function unfinished(file: LedgerRow): UnfinishedUpload {
  const { id: mediaFileId, kind, fileName, fingerprint, lastModified, createdAt, reservedUntil } = file;
  return {
    mediaFileId,
    kind,
    fileName,
    size: Number(file.bytes),
    fingerprint,
    lastModified: lastModified?.getTime() ?? null,
    destination: destinationOf(file),
    begunAt: createdAt.toISOString(),
    keptUntil: (reservedUntil ?? createdAt).toISOString(),
  };
}

/** What the person left in this organization: uploads that are not finished, and finished ones that nothing uses; the newest first. */
export async function listOwnUploads(actor: MemberActor): Promise<OwnUploads> {
  assertCan(actor, "media.upload");
  const scope = { organizationId: actor.organization.id, uploadedById: actor.userId };
  const [left, unused] = await Promise.all([listUnfinishedUploads(scope, LIMIT), listUnusedUploads(scope, LIMIT)]);
  const views = unused.map(async (file) => ({ media: await mediaView(file), destination: destinationOf(file) }));
  return { unfinished: left.map(unfinished), unused: await Promise.all(views) };
}
