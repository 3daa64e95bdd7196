import "server-only";
import { fromNow, HOUR } from "../core/clock";
import type { FileAddress } from "../data/media-file";
import { releaseUnheldFiles, takeFilesBack, type LastUse } from "../data/media-release";
import { inTransaction, type Db, type TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueueMany } from "../jobs/enqueue";
import type { MemberActor } from "../policies/actor";

/** End of the undo window of what is deleted now. */
export const undoEnd = () => fromNow(env.STORAGE_UNDO_HOURS * HOUR);

/** Where a file was used: a lesson, a course, or neither (the logo). */
type Place = { courseId: string | null; lessonId: string | null };

/**
 * Lets go of a file that the caller's row no longer refers to. When no other row does either, it becomes a tombstone that can be
 * attached again for STORAGE_UNDO_HOURS, and its purge is enqueued for the end of that time. Unknown and released files are left alone.
 *
 * @param place where it was used, so that it can be offered there
 */
export async function releaseFile(tx: Db, actor: MemberActor, mediaFileId: string, place?: Place): Promise<void> {
  await releaseFiles(tx, { organizationId: actor.organization.id }, [{ courseId: null, lessonId: null, ...place, id: mediaFileId }]);
}

/** The same for any number of files, with few statements. @returns ids of those that are released now */
export async function releaseFiles(tx: Db, scope: TenantScope, uses: readonly LastUse[], purgeAfter = undoEnd()): Promise<string[]> {
  const { organizationId } = scope;
  const released = await releaseUnheldFiles({ organizationId }, uses, purgeAfter, tx);
  const payloads = released.map((mediaFileId) => ({ organizationId, mediaFileId }));
  await enqueueMany(tx, "storage-purge", payloads, purgeAfter);
  return released;
}

/** Releases a finished file that nothing refers to. False when something does by now. */
export async function releaseAbandonedFile({ organizationId, id }: FileAddress): Promise<boolean> {
  const uses = [{ id, courseId: null, lessonId: null }];
  return (await inTransaction((tx) => releaseFiles(tx, { organizationId }, uses))).length > 0;
}

/**
 * Takes any number of released files back, in the transaction that gives them to rows again; what `attachFile` does for one.
 *
 * @returns `ready`: ids of the files that are there, or were missing before; `gone`: names of the tenant's files among them that are not
 */
export async function takeBackFiles(tx: Db, scope: TenantScope, ids: readonly string[]): Promise<{ ready: string[]; gone: string[] }> {
  const { ready, cold, gone } = await takeFilesBack(scope, ids, tx);
  // They may be on their way into cold storage, or there: the lessons that have them again may want them at hand.
  const { organizationId } = scope;
  const payloads = cold.map((mediaFileId) => ({ organizationId, mediaFileId }));
  await enqueueMany(tx, "storage-tier", payloads);
  return { ready, gone };
}
