import "server-only";
import pLimit from "p-limit";
import { headObject } from "../clients/bucket";
import { copyObject } from "../clients/bucket-copy";
import { AppError, notFoundError } from "../core/app-error";
import type { Page } from "../core/page";
import { inTransaction } from "../data/transaction";
import { findRestorable, markRestored, pageRestorable } from "../data/trashed-object";
import type { PlatformActor } from "../policies/actor";
import type { TrashView } from "../schemas/storage-sweep";
import { recordAudit } from "./audit-service";

const PAGE_SIZE = 25;
/** Objects that the store copies at a time. */
const PARALLEL = 4;

/** A page of 25 objects that can still be taken back, the latest first. @param input.q some of the key */
export async function listTrash(_actor: PlatformActor, { q, page }: { q: string; page: number }): Promise<Page<TrashView>> {
  const { rows, total } = await pageRestorable({ search: q, skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE });
  const items = rows.map(({ id, fileKey, bytes, trashedAt, purgeAfter, sweep }): TrashView => {
    const person = sweep?.startedBy;
    const takenBy = person ? person.name || person.email : null;
    return { id, fileKey, bytes: Number(bytes), trashedAt, purgeAfter, sweepId: sweep?.id ?? null, takenBy };
  });
  return { items, total, page, pageSize: PAGE_SIZE };
}

/**
 * Puts an object of the trash back where it was; the copy in the trash goes with the next purge. It is as old as this moment then, so
 * that a sweep leaves it alone for the whole grace.
 *
 * @throws AppError NOT_FOUND when it can't be taken back any more, CONFLICT when another object lies there, UNAVAILABLE
 */
export async function restoreTrashedObject(actor: PlatformActor, input: { trashedObjectId: string }): Promise<{ fileKey: string }> {
  const row = await findRestorable(input.trashedObjectId);
  const copy = row && (await headObject(row.trashKey));
  if (!copy) throw notFoundError("This object");
  const { fileKey } = row;
  const there = await headObject(fileKey);
  // One of the very same size is what an earlier try has copied, whose answer came too late.
  if (there && there.bytes !== copy.bytes) throw new AppError("CONFLICT", "Another object lies in that place by now. Remove it first.");
  // Before the transaction: a large object takes longer to copy than one may last.
  if (!there && !(await copyObject(copy, fileKey))) throw notFoundError("This object");
  await inTransaction(async (tx) => {
    if (!(await markRestored(row.id, tx))) return;
    const subject = { subjectId: row.id, organizationId: row.organizationId ?? undefined };
    await recordAudit(tx, actor, { action: "storage.restored", ...subject, after: { fileKey, bytes: Number(row.bytes) } });
  });
  return { fileKey };
}

/**
 * Puts several objects back, each for itself: one that can't be does not keep the others.
 *
 * @returns how many lie in their places again, and why the others do not, a sentence for each reason
 */
export async function restoreTrash(
  actor: PlatformActor,
  input: { trashedObjectIds: readonly string[] },
): Promise<{ restored: number; refusals: string[] }> {
  const limit = pLimit(PARALLEL);
  const answers = await Promise.all(
    input.trashedObjectIds.map((trashedObjectId) =>
      limit(async () => {
        try {
          await restoreTrashedObject(actor, { trashedObjectId });
          return null;
        } catch (error) {
          if (error instanceof AppError) return error.message;
          throw error;
        }
      }),
    ),
  );
  const refusals = answers.filter((answer) => answer !== null);
  return { restored: answers.length - refusals.length, refusals: [...new Set(refusals)] };
}
