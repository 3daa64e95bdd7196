import "server-only";
import { BATCH, headObject, isSameTime, listBegunUploads, type ListedObject, type UploadMarker } from "../clients/bucket";
import { abortMultipartUpload } from "../clients/multipart-store";
import { mainPlace, placeNamed } from "../clients/store-place";
import { logger } from "../core/logger";
import { lockMediaFile } from "../data/media-file";
import { moveBytes } from "../data/storage-account";
import { listOpenFindings, settleFindings, type FindingRow, type NewFinding } from "../data/storage-finding";
import { listPendingUploads, markFoundAgain, markMissing, noteEtag } from "../data/storage-sweep";
import { inTransaction } from "../data/transaction";
import type { FindingKind, Outcome } from "../schemas/storage-sweep";
import { expireReservation } from "./storage-service";
import { purgeTrash, settleLeftTrash, trashOrphans } from "./storage-trash-service";
import { watchStorageLevel } from "./storage-warning-service";

/** Findings that are treated one by one between two signs of life. */
const FEW = 100;

/**
 * Multipart uploads that began before the cutoff and that no upload under way has. One whose row does not know its id (yet) is left to
 * the job that looks after the row.
 *
 * @throws AppError UNAVAILABLE
 */
export async function findDeadUploads({ cutoff }: { cutoff: Date }): Promise<NewFinding[]> {
  const dead: NewFinding[] = [];
  let after: UploadMarker | null = null;
  do {
    const page: Awaited<ReturnType<typeof listBegunUploads>> = await listBegunUploads(after);
    const old = page.uploads.filter(({ begunAt }) => begunAt < cutoff);
    const pending = new Map((await listPendingUploads(old.map(({ key }) => key))).map((row) => [row.fileKey, row]));
    for (const { key: fileKey, multipartId, begunAt } of old) {
      const row = pending.get(fileKey);
      if (row && (row.multipartId === null || row.multipartId === multipartId)) continue;
      const nobodys = { organizationId: null, mediaFileId: null, bytes: 0n };
      dead.push({ kind: "DEAD_UPLOAD", fileKey, multipartId, ...nobodys, objectModifiedAt: begunAt, outcome: null });
    }
    after = page.next;
  } while (after);
  return dead;
}

/** Looks at the ledger once more: an upload under its key may have been begun since. */
async function abortDeadUpload({ fileKey, multipartId }: FindingRow): Promise<Outcome> {
  if (!multipartId) return "GONE";
  const [row] = await listPendingUploads([fileKey]);
  if (row && (row.multipartId === null || row.multipartId === multipartId)) return "KEPT";
  await abortMultipartUpload(fileKey, multipartId);
  return "ABORTED";
}

async function endReservation({ mediaFileId, organizationId }: FindingRow): Promise<Outcome> {
  if (!mediaFileId || !organizationId) return "GONE";
  return (await expireReservation({ id: mediaFileId, organizationId })) ? "EXPIRED" : "KEPT";
}

/** Under the row's lock, and only when the object is still not there: the row says so from now on, and takes no bytes. Nothing is deleted. */
async function markFileMissing({ mediaFileId, organizationId, fileKey }: FindingRow): Promise<Outcome> {
  if (!mediaFileId || !organizationId) return "GONE";
  const scope = { organizationId };
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(scope, mediaFileId, tx);
    if (file?.state !== "READY" || file.fileKey !== fileKey || (await headObject(fileKey, placeNamed(file.store)))) return "KEPT";
    await markMissing(scope, mediaFileId, tx);
    await moveBytes(scope, { used: -file.bytes }, tx);
    return "MARKED";
  });
}

/** The object that the sweep has judged, as long as it is still that one. */
async function findJudged({ fileKey, objectModifiedAt, bytes }: FindingRow): Promise<ListedObject | null> {
  const found = await headObject(fileKey);
  return found && BigInt(found.bytes) === bytes && isSameTime(found.modifiedAt, objectModifiedAt) ? found : null;
}

/**
 * The object of a missing file is there again, put back by a person or listed once more by its store: the file can be used, and takes its
 * bytes, also where the organization has none left by now. They are its own, and refusing them would free nothing.
 */
async function takeBackFile(finding: FindingRow): Promise<Outcome> {
  const { mediaFileId, organizationId } = finding;
  if (!mediaFileId || !organizationId) return "GONE";
  const scope = { organizationId };
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(scope, mediaFileId, tx);
    if (file?.state !== "MISSING" || file.store !== mainPlace.name || file.fileKey !== finding.fileKey) return "KEPT";
    const found = await findJudged(finding);
    if (!found || file.bytes !== finding.bytes) return "CHANGED";
    await markFoundAgain(scope, mediaFileId, found.etag, tx);
    await moveBytes(scope, { used: file.bytes }, tx);
    await watchStorageLevel(tx, scope);
    return "HEALED";
  });
}

/** The same content under another entity tag, as after a copy: the ledger follows, so that the next sweep need not ask again. */
async function followEtag(finding: FindingRow): Promise<Outcome> {
  const { mediaFileId, organizationId } = finding;
  if (!mediaFileId || !organizationId) return "GONE";
  const scope = { organizationId };
  return inTransaction(async (tx) => {
    const file = await lockMediaFile(scope, mediaFileId, tx);
    if ((file?.state !== "READY" && file?.state !== "RELEASED") || file.store !== mainPlace.name || file.fileKey !== finding.fileKey)
      return "KEPT";
    const found = await findJudged(finding);
    if (!found) return "CHANGED";
    await noteEtag(scope, mediaFileId, found.etag, tx);
    return "NOTED";
  });
}

type Going = { mayGoOn: () => boolean; beat: () => Promise<void> };

/** Treats each open finding of a kind by itself: one that fails is logged and marked. False when the time was over before. */
async function treatEach(
  sweepId: string,
  kind: FindingKind,
  going: Going,
  treat: (finding: FindingRow) => Promise<Outcome>,
): Promise<boolean> {
  for (;;) {
    const findings = await listOpenFindings(sweepId, kind, FEW);
    if (findings.length === 0) return true;
    if (!going.mayGoOn()) return false;
    await going.beat();
    for (const finding of findings) {
      let outcome: Outcome = "FAILED";
      try {
        outcome = await treat(finding);
      } catch (error) {
        logger.error({ err: error, sweepId, kind, fileKey: finding.fileKey }, "a finding can't be treated");
      }
      await settleFindings([finding.id], outcome);
    }
  }
}

/**
 * Acts on what a sweep found, and empties the trash of what has been there for its time. May be called again after a pause or a kill:
 * what was treated is not treated twice.
 *
 * @returns false when `mayGoOn` ended it before all was done
 * @throws AppError UNAVAILABLE; whatever `beat` throws
 */
export async function actOnFindings(sweepId: string, { cutoff, ...going }: Going & { cutoff: Date }): Promise<boolean> {
  await settleLeftTrash(sweepId, going);
  for (;;) {
    const orphans = await listOpenFindings(sweepId, "ORPHAN_OBJECT", BATCH);
    if (orphans.length === 0) break;
    if (!going.mayGoOn()) return false;
    await going.beat();
    await trashOrphans(sweepId, orphans, { cutoff, beat: going.beat });
  }
  if (!(await treatEach(sweepId, "DEAD_UPLOAD", going, abortDeadUpload))) return false;
  if (!(await treatEach(sweepId, "EXPIRED_RESERVATION", going, endReservation))) return false;
  if (!(await treatEach(sweepId, "MISSING_OBJECT", going, markFileMissing))) return false;
  if (!(await treatEach(sweepId, "RETURNED_OBJECT", going, takeBackFile))) return false;
  if (!(await treatEach(sweepId, "ETAG_DRIFT", going, followEtag))) return false;
  await purgeTrash(going);
  return true;
}
