import "server-only";
import { AppError, fieldError, notFoundError } from "../core/app-error";
import { changedFields } from "../core/changed-fields";
import { DAY, fromNow } from "../core/clock";
import {
  countCoursesByStatus,
  findCourse,
  findCourseSummary,
  insertCourse,
  listCategories,
  listCourses as findCourses,
  lockCourse,
  readAuthoringOverview,
  setThumbnail,
  updateCourseAtVersion,
  updateCourseStatus,
} from "../data/course";
import { listEmptyLessons, lockLessonFiles } from "../data/lesson";
import { listRemovedFiles } from "../data/media-release";
import { BULK_SECONDS, inTransaction, type Db } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { canMove, isDeletable, missingForPublication, moves } from "../policies/course-policy";
import {
  COURSE_PAGE_SIZE,
  statusLabels,
  type AuthoringOverview,
  type CourseDetails,
  type CourseList,
  type CourseListInput,
  type CourseListItem,
  type CourseMove,
  type CourseSummary,
  type CreateCourseInput,
  type DeleteCourseInput,
  type MoveCourseInput,
  type SaveCourseInput,
} from "../schemas/course";
import type { DeletionReceipt } from "../schemas/deleted-content";
import { optionalRichTextSchema, richTextExcerpt } from "../schemas/rich-text";
import { recordAudit } from "./audit-service";
import { deleteContent } from "./deleted-content-service";
import { findPictureUrls, mediaView, pictureView, removedFileViews } from "./delivery-service";
import type { PublicUrls } from "./failover-service";
import { recallVideos } from "./storage-archive-service";
import { releaseFile } from "./storage-release-service";
import { attachFile } from "./storage-service";

const NOUN = "This course";
const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });
const slugTaken = () => fieldError("slug", "Another course of this organization has this address. Choose a different one.");

type CourseRow = Awaited<ReturnType<typeof findCourses>>[number];

const toListItem = ({ _count, thumbnail, ...row }: CourseRow, urlOf: PublicUrls): CourseListItem => ({
  ...row,
  thumbnail: pictureView(thumbnail, urlOf),
  lessons: _count.lessons,
  learners: _count.enrolments,
});

/** A page of courses, last changed first, with the counts of each status. */
export async function listCourses(actor: MemberActor, input: CourseListInput): Promise<CourseList> {
  assertCan(actor, "course.author");
  const { q: search, status, page } = input;
  const [rows, counts] = await Promise.all([
    findCourses(scopeOf(actor), { search, status }, { skip: (page - 1) * COURSE_PAGE_SIZE, take: COURSE_PAGE_SIZE }),
    countCoursesByStatus(scopeOf(actor), search),
  ]);
  const total = status ? counts[status] : counts.DRAFT + counts.PUBLISHED + counts.ARCHIVED;
  const urlOf = await findPictureUrls(rows.map(({ thumbnail }) => thumbnail));
  return { items: rows.map((row) => toListItem(row, urlOf)), counts, total, page, pageSize: COURSE_PAGE_SIZE };
}

/** What an author meets first: counts, the latest drafts and the latest lessons that are still empty, five of each. */
export async function getAuthoringOverview(actor: MemberActor): Promise<AuthoringOverview> {
  assertCan(actor, "course.author");
  const scope = scopeOf(actor);
  const [figures, drafts, lessons] = await Promise.all([
    readAuthoringOverview(scope, fromNow(-7 * DAY)),
    findCourses(scope, { search: "", status: "DRAFT" }, { skip: 0, take: 5 }),
    listEmptyLessons(scope, 5),
  ]);
  const urlOf = await findPictureUrls(drafts.map(({ thumbnail }) => thumbnail));
  return {
    courses: { DRAFT: figures.drafts, PUBLISHED: figures.published, ARCHIVED: figures.archived },
    recentLearners: figures.recentLearners,
    drafts: drafts.map((row) => toListItem(row, urlOf)),
    emptyLessons: { total: figures.emptyLessons, lessons },
  };
}

/** Head of a course's pages. @throws AppError NOT_FOUND */
export async function getCourseSummary(actor: MemberActor, input: { courseId: string }): Promise<CourseSummary> {
  assertCan(actor, "course.author");
  const summary = await findCourseSummary(scopeOf(actor), input.courseId);
  if (!summary) throw notFoundError(NOUN);
  return summary;
}

async function readDetails(actor: MemberActor, courseId: string, tx?: Db): Promise<CourseDetails> {
  const row = await findCourse(scopeOf(actor), courseId, tx);
  if (!row) throw notFoundError(NOUN);
  const { id, version, title, slug, summary, level, category, editedAt } = row;
  const details = { id, version, title, slug, summary, level, category, editedAt, editedBy: row.editedBy?.name ?? null };
  return {
    ...details,
    description: optionalRichTextSchema.parse(row.description),
    thumbnail: row.thumbnail ? await mediaView(row.thumbnail) : null,
    removed: await removedFileViews(await listRemovedFiles(scopeOf(actor), { kinds: ["THUMBNAIL"], lastCourseId: courseId }, tx)),
  };
}

/** The details as the form edits them. @throws AppError NOT_FOUND */
export async function getCourse(actor: MemberActor, input: { courseId: string }): Promise<CourseDetails> {
  assertCan(actor, "course.author");
  return readDetails(actor, input.courseId);
}

/** The categories in use, as suggestions; at most 50. */
export async function listCourseCategories(actor: MemberActor): Promise<string[]> {
  assertCan(actor, "course.author");
  return listCategories(scopeOf(actor));
}

/** Starts a draft. @throws AppError INVALID_INPUT at `slug` when the tenant has that slug already */
export async function createCourse(actor: MemberActor, input: CreateCourseInput): Promise<{ courseId: string }> {
  assertCan(actor, "course.author");
  return inTransaction(async (tx) => {
    const course = await insertCourse(scopeOf(actor), { ...input, editedById: actor.userId }, tx);
    if (!course) throw slugTaken();
    await recordAudit(tx, actor, { action: "course.created", subjectId: course.id, after: { ...input } });
    return { courseId: course.id };
  });
}

/** For the audit: of a text its first words. */
const brief = ({ description, ...rest }: Partial<SaveCourseInput>) =>
  description === undefined ? rest : { ...rest, description: richTextExcerpt(description) };

/**
 * Saves the details and gives them back with their new version. The thumbnail that is replaced is released in the same transaction.
 *
 * @throws AppError NOT_FOUND; CONFLICT when somebody saved since `version`; INVALID_INPUT at `slug` or at the thumbnail
 */
export async function saveCourse(actor: MemberActor, input: SaveCourseInput): Promise<CourseDetails> {
  assertCan(actor, "course.author");
  const { courseId, version, thumbnailId, ...change } = input;
  return inTransaction(async (tx) => {
    const before = await findCourse(scopeOf(actor), courseId, tx);
    if (!before) throw notFoundError(NOUN);
    const outcome = await updateCourseAtVersion(scopeOf(actor), courseId, version, { ...change, editedById: actor.userId }, tx);
    if (outcome === "slug-taken") throw slugTaken();
    if (outcome === "stale")
      throw new AppError("CONFLICT", "This course was saved by somebody else, or in another tab, after you opened it.");
    // The version still was `version`, so what was read before the row was held is what the update replaced.
    if (before.thumbnailId !== thumbnailId) {
      if (thumbnailId) await attachFile(tx, actor, thumbnailId, "THUMBNAIL");
      await setThumbnail(scopeOf(actor), courseId, thumbnailId, tx);
      if (before.thumbnailId) await releaseFile(tx, actor, before.thumbnailId, { courseId, lessonId: null });
    }
    const { courseId: _id, version: _version, ...after } = input;
    const { title, slug, summary, level, category } = before;
    const description = optionalRichTextSchema.parse(before.description);
    const changed = changedFields({ title, slug, summary, description, level, category, thumbnailId: before.thumbnailId }, after);
    await recordAudit(tx, actor, {
      action: "course.saved",
      subjectId: courseId,
      before: brief(changed.before),
      after: brief(changed.after),
    });
    return readDetails(actor, courseId, tx);
  });
}

const pastOf: Record<CourseMove, string> = {
  publish: "course.published",
  unpublish: "course.unpublished",
  archive: "course.archived",
  restore: "course.restored",
};

/**
 * Publishes, takes back to draft, archives or restores a course. Videos in cold storage come back with one that is restored.
 *
 * @throws AppError NOT_FOUND; CONFLICT when its state does not allow the move; REJECTED when there is nothing to publish yet
 */
export async function moveCourse(actor: MemberActor, { courseId, move }: MoveCourseInput): Promise<CourseSummary> {
  assertCan(actor, "course.author");
  return inTransaction(async (tx) => {
    const course = await lockCourse(scopeOf(actor), courseId, tx);
    const summary = course && (await findCourseSummary(scopeOf(actor), courseId, tx));
    if (!summary) throw notFoundError(NOUN);
    if (!canMove(summary.status, move)) {
      const state = statusLabels[summary.status].toLowerCase();
      throw new AppError("CONFLICT", `This course is ${state} by now, so that can't be done. The page shows it as it is.`);
    }
    const missing = move === "publish" ? missingForPublication(summary) : null;
    if (missing) throw new AppError("REJECTED", missing);
    await updateCourseStatus(scopeOf(actor), courseId, moves[move], tx);
    if (move === "restore") await recallVideos(tx, actor, courseId);
    const status = moves[move].to;
    await recordAudit(tx, actor, { action: pastOf[move], subjectId: courseId, before: { status: summary.status }, after: { status } });
    return { ...summary, status };
  });
}

/**
 * Deletes a draft or archived course with its lessons and all progress in it, and releases every file of it. All of it can be restored
 * for STORAGE_UNDO_HOURS.
 *
 * @throws AppError NOT_FOUND; CONFLICT while it is published; INVALID_INPUT when the title typed is not the course's
 */
export async function deleteCourse(actor: MemberActor, { courseId, title }: DeleteCourseInput): Promise<DeletionReceipt> {
  assertCan(actor, "course.delete");
  return inTransaction(async (tx) => {
    const course = await lockCourse(scopeOf(actor), courseId, tx);
    if (!course) throw notFoundError(NOUN);
    if (!isDeletable(course.status)) throw new AppError("CONFLICT", "This course is published. Take it back to draft or archive it first.");
    if (course.title !== title.trim()) throw fieldError("title", "This is not the course's title.");
    const { lessons, files } = await lockLessonFiles(scopeOf(actor), { courseId }, tx);
    const thumbnail = course.thumbnailId ? [{ id: course.thumbnailId, courseId, lessonId: null }] : [];
    const receipt = await deleteContent(tx, actor, {
      kind: "COURSE",
      title: course.title,
      courseId,
      lessonIds: lessons.map(({ id }) => id),
      files: [...files, ...thumbnail],
    });
    const { slug, status, _count } = course;
    const before = { title: course.title, slug, status, lessons: lessons.length, learners: _count.enrolments };
    await recordAudit(tx, actor, { action: "course.deleted", subjectId: courseId, before });
    return receipt;
  }, BULK_SECONDS);
}
