import "server-only";
import { fieldError } from "../core/app-error";
import { deleteItem, findDeletedItem, lockDeletedItem, setDeletedCounts } from "../data/deleted-content";
import { sumFileBytes } from "../data/media-release";
import { lockOrganization } from "../data/organization";
import {
  countReferences,
  cutReferences,
  listFinishedFiles,
  listWantedFiles,
  lockReferences,
  putReferencesBack,
  sumFinishedFiles,
} from "../data/storage-emptying";
import { BULK_SECONDS, inTransaction } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import type { DeletedItemIdInput, DeletionReceipt, EmptyStorageInput, RefillReport } from "../schemas/deleted-content";
import type { FileSum } from "../schemas/storage";
import { recordAudit } from "./audit-service";
import { notRestorable, openDeletedItem } from "./deleted-content-service";
import { releaseFiles, takeBackFiles, undoEnd } from "./storage-release-service";

const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });

/** What emptying would delete now. Bytes. @throws AppError FORBIDDEN */
export async function getEmptyingSum(actor: MemberActor): Promise<FileSum> {
  assertCan(actor, "storage.empty");
  const { files, bytes } = await sumFinishedFiles(scopeOf(actor));
  return { files, bytes: Number(bytes) };
}

/**
 * Deletes every finished file of the organization: cuts each reference to one, keeps the references for STORAGE_UNDO_HOURS, and releases
 * the files for as long. Uploads under way are left alone. Courses and lessons get a new version, so that a form that was opened before
 * can't bring a file back by being saved.
 *
 * @throws AppError FORBIDDEN; INVALID_INPUT when the name typed is not the organization's
 */
export async function emptyStorage(actor: MemberActor, { name }: EmptyStorageInput): Promise<DeletionReceipt & FileSum> {
  assertCan(actor, "storage.empty");
  const scope = scopeOf(actor);
  const title = actor.organization.name;
  if (name.trim() !== title.trim()) throw fieldError("name", "This is not the organization's name.");
  return inTransaction(async (tx) => {
    await lockOrganization(scope, tx);
    await lockReferences(scope, tx);
    const purgeAfter = undoEnd();
    const deletedItemId = await openDeletedItem(tx, actor, { kind: "FILES", title, courseId: null, purgeAfter });
    await cutReferences(scope, deletedItemId, actor.userId, tx);
    const released = await releaseFiles(tx, scope, await listFinishedFiles(scope, deletedItemId, tx), purgeAfter);
    const sum = { files: released.length, bytes: Number(await sumFileBytes(scope, released, tx)) };
    await setDeletedCounts(scope, deletedItemId, sum, tx);
    await recordAudit(tx, actor, { action: "storage.emptied", subjectId: deletedItemId, before: sum });
    return { deletedItemId, title, keptUntil: purgeAfter, ...sum };
  }, BULK_SECONDS);
}

/**
 * Takes an emptying back: every reference whose place is still there and free gets its file again. Of two calls at the same moment one
 * does it.
 *
 * @throws AppError FORBIDDEN; NOT_FOUND when it was taken back already, is out of its time or another tenant's
 */
export async function refillStorage(actor: MemberActor, { deletedItemId }: DeletedItemIdInput): Promise<RefillReport> {
  assertCan(actor, "storage.empty");
  const scope = scopeOf(actor);
  return inTransaction(async (tx) => {
    const item = await findDeletedItem(scope, deletedItemId, tx);
    if (item?.kind !== "FILES") throw notRestorable();
    await lockOrganization(scope, tx);
    await lockReferences(scope, tx);
    if (!(await lockDeletedItem(scope, deletedItemId, tx))) throw notRestorable();
    const { ready } = await takeBackFiles(tx, scope, await listWantedFiles(scope, deletedItemId, tx));
    await putReferencesBack(scope, deletedItemId, { ready, editedById: actor.userId }, tx);
    const { total, restored } = await countReferences(scope, deletedItemId, tx);
    await deleteItem(scope, deletedItemId, tx);
    const report = { restored, left: total - restored };
    await recordAudit(tx, actor, { action: "storage.refilled", subjectId: deletedItemId, after: report });
    return report;
  }, BULK_SECONDS);
}
