import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { changedFields } from "../core/changed-fields";
import { findChapter, raiseCurriculum } from "../data/chapter";
import {
  findLesson,
  findLessonChapter,
  insertLesson,
  lockLessonFiles,
  renameLessonRow,
  setAttachments,
  setPoster,
  setVideo,
  updateLessonAtVersion,
} from "../data/lesson";
import { listRemovedFiles } from "../data/media-release";
import { BULK_SECONDS, inTransaction, type Db } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { MAX_LESSONS, type Curriculum, type CurriculumDeletion } from "../schemas/chapter";
import type { AddLessonInput, LessonDetails, LessonIdInput, LessonPlace, RenameLessonInput, SaveLessonInput } from "../schemas/lesson";
import { optionalRichTextSchema, richTextExcerpt } from "../schemas/rich-text";
import { recordAudit } from "./audit-service";
import { getCurriculum } from "./chapter-service";
import { getCourseSummary } from "./course-service";
import { deleteContent } from "./deleted-content-service";
import { mediaView, removedFileViews } from "./delivery-service";
import { releaseFiles } from "./storage-release-service";
import { attachFile } from "./storage-service";

const NOUN = "This lesson";
const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });

async function readDetails(actor: MemberActor, { courseId, lessonId }: LessonIdInput, tx?: Db): Promise<LessonDetails> {
  const row = await findLesson(scopeOf(actor), courseId, lessonId, tx);
  if (!row) throw notFoundError(NOUN);
  const { id, version, title, editedAt } = row;
  const removed = await listRemovedFiles(scopeOf(actor), { kinds: ["VIDEO", "POSTER", "ATTACHMENT"], lastLessonId: lessonId }, tx);
  const [removedViews, video, poster, ...attachments] = await Promise.all([
    removedFileViews(removed),
    row.video ? mediaView(row.video) : null,
    row.poster ? mediaView(row.poster) : null,
    ...row.attachments.map((attachment) => mediaView(attachment.mediaFile)),
  ]);
  const body = optionalRichTextSchema.parse(row.body);
  const edited = { editedAt, editedBy: row.editedBy?.name ?? null };
  return { id, version, title, body, ...edited, video, poster, attachments, removed: removedViews };
}

/** A lesson as its editor shows it. @throws AppError NOT_FOUND */
export async function getLesson(actor: MemberActor, input: LessonIdInput): Promise<LessonDetails> {
  assertCan(actor, "course.author");
  return readDetails(actor, input);
}

/** Where a lesson stands: its course, its chapter and its neighbours. @throws AppError NOT_FOUND */
export async function getLessonPlace(actor: MemberActor, input: LessonIdInput): Promise<LessonPlace> {
  const [course, curriculum] = await Promise.all([getCourseSummary(actor, input), getCurriculum(actor, input)]);
  const lessons = curriculum.chapters.flatMap((chapter) =>
    chapter.lessons.map(({ id, title }) => ({ id, title, chapterTitle: chapter.title })),
  );
  const at = lessons.findIndex((lesson) => lesson.id === input.lessonId);
  const lesson = lessons[at];
  if (!lesson) throw notFoundError(NOUN);
  const { id, title, slug, status } = course;
  const neighbour = (index: number) => {
    const found = lessons[index];
    return found ? { id: found.id, title: found.title } : null;
  };
  return {
    course: { id, title, slug, status },
    chapterTitle: lesson.chapterTitle,
    previous: at > 0 ? neighbour(at - 1) : null,
    next: neighbour(at + 1),
  };
}

/** Adds an empty lesson at the end of a chapter. @throws AppError NOT_FOUND; REJECTED when the course has 500 */
export async function addLesson(actor: MemberActor, input: AddLessonInput): Promise<{ lessonId: string; curriculum: Curriculum }> {
  assertCan(actor, "course.author");
  const { courseId, chapterId } = input;
  return inTransaction(async (tx) => {
    await raiseCurriculum(scopeOf(actor), courseId, null, tx);
    if (!(await findChapter(scopeOf(actor), courseId, chapterId, tx))) throw notFoundError("This chapter");
    const lessonId = await insertLesson(scopeOf(actor), { ...input, editedById: actor.userId }, tx);
    const curriculum = await getCurriculum(actor, input, tx);
    if (curriculum.chapters.flatMap((chapter) => chapter.lessons).length > MAX_LESSONS) {
      throw new AppError("REJECTED", `A course takes at most ${MAX_LESSONS} lessons. Begin another course for what follows.`);
    }
    await recordAudit(tx, actor, { action: "lesson.added", subjectId: lessonId, after: input });
    return { lessonId, curriculum };
  });
}

/** Renames a lesson. @throws AppError NOT_FOUND; CONFLICT when it no longer has the title `from` */
export async function renameLesson(actor: MemberActor, input: RenameLessonInput): Promise<Curriculum> {
  assertCan(actor, "course.author");
  return inTransaction(async (tx) => {
    if (!(await renameLessonRow(scopeOf(actor), { ...input, editedById: actor.userId }, tx))) {
      const lesson = await findLesson(scopeOf(actor), input.courseId, input.lessonId, tx);
      if (!lesson) throw notFoundError(NOUN);
      throw new AppError("CONFLICT", `This lesson is called “${lesson.title}” by now; your title was not saved over it.`);
    }
    const { lessonId, courseId, from, title } = input;
    await recordAudit(tx, actor, { action: "lesson.renamed", subjectId: lessonId, before: { courseId, title: from }, after: { title } });
    return getCurriculum(actor, input, tx);
  });
}

/** For the audit: of a text its first words. */
const brief = ({ body, ...rest }: Partial<SaveLessonInput>) => (body === undefined ? rest : { ...rest, body: richTextExcerpt(body) });

/**
 * Saves a lesson and gives it back with its new version. A video, poster or attachment that is no longer in it is released in the same
 * transaction; a new one must be a READY file of this tenant.
 *
 * @throws AppError NOT_FOUND; CONFLICT when somebody saved since `version`; INVALID_INPUT at the file that can't be attached
 */
export async function saveLesson(actor: MemberActor, input: SaveLessonInput): Promise<LessonDetails> {
  assertCan(actor, "course.author");
  const { courseId, lessonId, title, body, videoId, posterId, attachmentIds } = input;
  return inTransaction(async (tx) => {
    const before = await findLesson(scopeOf(actor), courseId, lessonId, tx);
    if (!before) throw notFoundError(NOUN);
    if (!(await updateLessonAtVersion(scopeOf(actor), input, { title, body, editedById: actor.userId }, tx))) {
      throw new AppError("CONFLICT", "This lesson was saved by somebody else, or in another tab, after you opened it.");
    }
    // The version still was `version`, so what was read before the row was held is what the update replaced.
    const oldIds = before.attachments.map((attachment) => attachment.mediaFileId);
    if (videoId && videoId !== before.videoId) await attachFile(tx, actor, videoId, "VIDEO");
    if (posterId && posterId !== before.posterId) await attachFile(tx, actor, posterId, "POSTER");
    for (const id of attachmentIds) if (!oldIds.includes(id)) await attachFile(tx, actor, id, "ATTACHMENT");
    if (videoId !== before.videoId) await setVideo(scopeOf(actor), lessonId, videoId, tx);
    if (posterId !== before.posterId) await setPoster(scopeOf(actor), lessonId, posterId, tx);
    if (attachmentIds.join() !== oldIds.join()) await setAttachments(scopeOf(actor), lessonId, attachmentIds, tx);
    const kept = [videoId, posterId, ...attachmentIds];
    const left = [before.videoId, before.posterId, ...oldIds].filter((id) => id !== null && !kept.includes(id));
    await releaseFiles(
      tx,
      scopeOf(actor),
      left.flatMap((id) => (id ? [{ id, courseId, lessonId }] : [])),
    );
    const oldBody = optionalRichTextSchema.parse(before.body);
    const old = { title: before.title, body: oldBody, videoId: before.videoId, posterId: before.posterId, attachmentIds: oldIds };
    const changed = changedFields(old, { title, body, videoId, posterId, attachmentIds });
    await recordAudit(tx, actor, {
      action: "lesson.saved",
      subjectId: lessonId,
      before: brief(changed.before),
      after: brief(changed.after),
    });
    return readDetails(actor, input, tx);
  });
}

/**
 * Deletes a lesson and the progress in it; its video, poster and attachments are released. All of it can be restored for
 * STORAGE_UNDO_HOURS.
 *
 * @throws AppError NOT_FOUND
 */
export async function deleteLesson(actor: MemberActor, input: LessonIdInput): Promise<CurriculumDeletion> {
  assertCan(actor, "course.author");
  const { courseId, lessonId } = input;
  return inTransaction(async (tx) => {
    await raiseCurriculum(scopeOf(actor), courseId, null, tx);
    const { lessons, files } = await lockLessonFiles(scopeOf(actor), input, tx);
    const place = await findLessonChapter(scopeOf(actor), courseId, lessonId, tx);
    const lesson = lessons[0];
    if (!lesson || !place) throw notFoundError(NOUN);
    const { title } = lesson;
    const deletion = { kind: "LESSON", title, courseId, chapterTitle: place.chapter.title, lessonIds: [lessonId], files } as const;
    const deleted = await deleteContent(tx, actor, deletion);
    await recordAudit(tx, actor, { action: "lesson.deleted", subjectId: lessonId, before: { courseId, title } });
    return { deleted, curriculum: await getCurriculum(actor, input, tx) };
  }, BULK_SECONDS);
}
