import "server-only";
import { AppError } from "../core/app-error";
import { freeSlug } from "../core/slug";
import {
  countCurriculum,
  findChapter,
  findLastChapter,
  insertChapter,
  moveChaptersOn,
  moveLessonsOn,
  nextLessonPosition,
  raiseCurriculum,
} from "../data/chapter";
import { listSlugsLike } from "../data/course";
import * as items from "../data/deleted-content";
import * as rows from "../data/deleted-row";
import { sumFileBytes, type LastUse } from "../data/media-release";
import { BULK_SECONDS, inTransaction, type Db, type TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor, SystemActor } from "../policies/actor";
import type { Permission } from "../policies/permission";
import { MAX_CHAPTERS, MAX_LESSONS } from "../schemas/chapter";
import {
  deletedCountsSchema,
  type DeletedItemIdInput,
  type DeletedItemView,
  type DeletedKind,
  type DeletionReceipt,
  type RestoreReport,
} from "../schemas/deleted-content";
import { recordAudit } from "./audit-service";
import { releaseFiles, takeBackFiles, undoEnd } from "./storage-release-service";

const scopeOf = (actor: MemberActor): TenantScope => ({ organizationId: actor.organization.id });

/** How long what is deleted can be restored; hours. */
export const undoHours = (): number => env.STORAGE_UNDO_HOURS;

const permissionOf: Record<DeletedKind, Permission> = {
  COURSE: "course.delete",
  CHAPTER: "course.author",
  LESSON: "course.author",
  FILES: "storage.empty",
};

/** One sentence for an item that was restored by somebody else, is out of its time, or was never the tenant's. */
export const notRestorable = () =>
  new AppError("NOT_FOUND", "This can't be restored any more: somebody has restored it already, or its time is over.");

/** Opens an item whose rows are to be kept, and enqueues its end. Its counts follow with `setDeletedCounts`. */
export async function openDeletedItem(
  tx: Db,
  actor: MemberActor,
  item: { kind: DeletedKind; title: string; courseId: string | null; purgeAfter: Date },
): Promise<string> {
  const { organizationId } = scopeOf(actor);
  const deletedItemId = await items.insertDeletedItem({ organizationId }, { ...item, deletedById: actor.userId }, tx);
  await enqueue(tx, "deleted-content-purge", { organizationId, deletedItemId }, item.purgeAfter);
  return deletedItemId;
}

export type Deletion = {
  kind: "COURSE" | "CHAPTER" | "LESSON";
  title: string;
  courseId: string;
  /** Of a chapter that is deleted */
  chapterId?: string;
  /** Of the chapter that a deleted lesson stood in */
  chapterTitle?: string;
  /** All lessons that go; the caller holds them */
  lessonIds: readonly string[];
  /** What they and the course refer to */
  files: readonly LastUse[];
};

/**
 * Deletes a lesson, chapter or course in the caller's transaction: its rows with everything that hangs on them are moved aside for
 * STORAGE_UNDO_HOURS, and its files are released for as long.
 */
export async function deleteContent(tx: Db, actor: MemberActor, deletion: Deletion): Promise<DeletionReceipt> {
  const scope = scopeOf(actor);
  const { kind, title, courseId, chapterId, chapterTitle, lessonIds, files } = deletion;
  const purgeAfter = undoEnd();
  const id = await openDeletedItem(tx, actor, { kind, title, courseId, purgeAfter });
  await rows.keepLessons(id, lessonIds, tx);
  if (kind === "CHAPTER" && chapterId) await rows.keepChapter(scope, id, chapterId, tx);
  if (kind === "COURSE") await rows.keepCourse(scope, id, courseId, tx);
  const released = await releaseFiles(tx, scope, files, purgeAfter);
  const learners = await rows.countKeptLearners(id, tx);
  const bytes = Number(await sumFileBytes(scope, released, tx));
  const chapter = chapterTitle === undefined ? {} : { chapter: chapterTitle };
  await items.setDeletedCounts(scope, id, { lessons: lessonIds.length, learners, files: released.length, bytes, ...chapter }, tx);
  return { deletedItemId: id, title, keptUntil: purgeAfter };
}

const toView = (row: items.DeletedItemRow): DeletedItemView => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  counts: deletedCountsSchema.parse(row.counts),
  deletedAt: row.deletedAt,
  deletedBy: row.deletedBy && (row.deletedBy.name || row.deletedBy.email),
  keptUntil: row.purgeAfter,
});

/** Lessons and chapters of a course that can still be restored, the latest first; at most 50. @throws AppError FORBIDDEN */
export async function listDeletedContent(actor: MemberActor, { courseId }: { courseId: string }): Promise<DeletedItemView[]> {
  assertCan(actor, "course.author");
  return (await items.listDeletedItems(scopeOf(actor), { kinds: ["CHAPTER", "LESSON"], courseId })).map(toView);
}

/** Courses that can still be restored, the latest first; at most 50. @throws AppError FORBIDDEN */
export async function listDeletedCourses(actor: MemberActor): Promise<DeletedItemView[]> {
  assertCan(actor, "course.delete");
  return (await items.listDeletedItems(scopeOf(actor), { kinds: ["COURSE"] })).map(toView);
}

/** Emptyings that can still be taken back, the latest first. @throws AppError FORBIDDEN */
export async function listEmptyings(actor: MemberActor): Promise<DeletedItemView[]> {
  assertCan(actor, "storage.view");
  return (await items.listDeletedItems(scopeOf(actor), { kinds: ["FILES"] })).map(toView);
}

/** Puts a course's row back, under a free address. @returns the new address, or null when it has its own again */
async function placeCourse(tx: Db, scope: TenantScope, itemId: string): Promise<string | null> {
  const slug = await rows.findKeptSlug(itemId, tx);
  for (let tries = 0; tries < 5; tries += 1) {
    const free = freeSlug(slug, await listSlugsLike(scope, slug.slice(0, 50), tx));
    await rows.patchRows(itemId, "Course", { slug: free }, tx);
    if (await rows.putCourseBack(itemId, tx)) return free === slug ? null : free;
  }
  throw new AppError("CONFLICT", "Other courses took this one's address at the same moment. Try again.");
}

/** Makes room for a lesson where it stood, or at the end of another chapter. @returns that chapter's title, or null */
async function placeLesson(tx: Db, scope: TenantScope, item: { id: string; courseId: string; chapter: string }): Promise<string | null> {
  const place = await rows.findKeptPlace(item.id, "Lesson", tx);
  if (!place) throw notRestorable();
  if (place.chapterId && (await findChapter(scope, item.courseId, place.chapterId, tx))) {
    await moveLessonsOn(scope, place.chapterId, place.position, tx);
    return null;
  }
  const chapter = (await findLastChapter(scope, item.courseId, tx)) ?? {
    id: await insertChapter(scope, { courseId: item.courseId, title: item.chapter }, tx),
    title: item.chapter,
  };
  await rows.patchRows(item.id, "Lesson", { chapterId: chapter.id, position: await nextLessonPosition(scope, chapter.id, tx) }, tx);
  return chapter.title;
}

async function placeChapter(tx: Db, scope: TenantScope, itemId: string, courseId: string): Promise<void> {
  const place = await rows.findKeptPlace(itemId, "Chapter", tx);
  if (place) await moveChaptersOn(scope, courseId, place.position, tx);
}

async function assertFits(tx: Db, scope: TenantScope, courseId: string): Promise<void> {
  const { chapters, lessons } = await countCurriculum(scope, courseId, tx);
  if (chapters > MAX_CHAPTERS) throw new AppError("REJECTED", `With this the course would have more than ${MAX_CHAPTERS} chapters.`);
  if (lessons > MAX_LESSONS) throw new AppError("REJECTED", `With this the course would have more than ${MAX_LESSONS} lessons.`);
}

/**
 * Brings a deleted lesson, chapter or course back to where it was, with its files and with its learners and their progress. A file that
 * was deleted for good meanwhile is left out and named. Of two calls at the same moment one does it.
 *
 * @throws AppError FORBIDDEN; NOT_FOUND when it is restored already, out of its time or another tenant's; REJECTED while its course is
 * deleted, or when the course is full
 */
export async function restoreDeleted(actor: MemberActor, { deletedItemId }: DeletedItemIdInput): Promise<RestoreReport> {
  assertCan(actor, "course.author");
  const scope = scopeOf(actor);
  return inTransaction(async (tx) => {
    const item = await items.findDeletedItem(scope, deletedItemId, tx);
    if (!item?.courseId || item.kind === "FILES") throw notRestorable();
    const { id, kind, title, courseId } = item;
    assertCan(actor, permissionOf[kind]);
    // The course's row comes first, as in every change of a curriculum.
    if (kind !== "COURSE" && !(await raiseCurriculum(scope, courseId, null, tx))) {
      throw new AppError("REJECTED", `The course that “${title}” belongs to is deleted. Restore the course first.`);
    }
    if (!(await items.lockDeletedItem(scope, id, tx))) throw notRestorable();
    const chapter = deletedCountsSchema.parse(item.counts).chapter ?? "Restored lessons";
    // Lessons that move on are held before the files, as in every save.
    const movedTo = kind === "LESSON" ? await placeLesson(tx, scope, { id, courseId, chapter }) : null;
    if (kind === "CHAPTER") await placeChapter(tx, scope, id, courseId);
    const { ready, gone } = await takeBackFiles(tx, scope, await rows.listKeptFileIds(id, tx));
    await rows.cutLostReferences(id, ready, tx);
    const newSlug = kind === "COURSE" ? await placeCourse(tx, scope, id) : null;
    await rows.putContentBack(id, tx);
    if (kind === "COURSE") await raiseCurriculum(scope, courseId, null, tx);
    await assertFits(tx, scope, courseId);
    await items.deleteItem(scope, id, tx);
    const after = {
      title,
      courseId,
      files: ready.length,
      lostFiles: gone,
      ...(movedTo ? { movedTo } : {}),
      ...(newSlug ? { slug: newSlug } : {}),
    };
    await recordAudit(tx, actor, { action: `${kind.toLowerCase()}.undeleted`, subjectId: id, after });
    return { title, courseId, lostFiles: gone, movedTo, newSlug };
  }, BULK_SECONDS);
}

/** Forgets what can't be restored any more. Running twice, or before its time, changes nothing. @returns whether it went now */
export function purgeDeletedItem(
  actor: SystemActor,
  { organizationId, deletedItemId }: { organizationId: string; deletedItemId: string },
): Promise<boolean> {
  return inTransaction(async (tx) => {
    const gone = await items.deleteDueItem({ organizationId }, deletedItemId, tx);
    if (!gone) return false;
    await recordAudit(tx, actor, { action: "deleted-content.purged", subjectId: deletedItemId, organizationId, before: gone });
    return true;
  }, BULK_SECONDS);
}
