import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import {
  findChapter,
  insertChapter,
  raiseCurriculum,
  readCurriculum,
  renameChapterRow,
  writePositions,
  type CurriculumRow,
} from "../data/chapter";
import { lockLessonFiles } from "../data/lesson";
import { BULK_SECONDS, inTransaction, type Db } from "../data/transaction";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import {
  MAX_CHAPTERS,
  type AddChapterInput,
  type ArrangeCurriculumInput,
  type ChapterIdInput,
  type Curriculum,
  type CurriculumDeletion,
  type RenameChapterInput,
} from "../schemas/chapter";
import { recordAudit } from "./audit-service";
import { deleteContent } from "./deleted-content-service";

const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });
const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);

function toCurriculum(courseId: string, rows: readonly CurriculumRow[]): Curriculum {
  const curriculum: Curriculum = { courseId, version: rows[0]?.version ?? 1, chapters: [] };
  for (const row of rows) {
    if (row.chapterId === null) continue;
    let chapter = curriculum.chapters.at(-1);
    if (chapter?.id !== row.chapterId) {
      chapter = { id: row.chapterId, title: row.chapterTitle, lessons: [] };
      curriculum.chapters.push(chapter);
    }
    if (row.lessonId === null) continue;
    const { lessonId: id, lessonTitle: title, hasVideo, hasText, durationMs, attachments, learners } = row;
    chapter.lessons.push({ id, title, hasVideo, hasText, durationMs, attachments, learners });
  }
  return curriculum;
}

/** A course's chapters and lessons in their order. @throws AppError NOT_FOUND */
export async function getCurriculum(actor: MemberActor, { courseId }: { courseId: string }, tx?: Db): Promise<Curriculum> {
  assertCan(actor, "course.author");
  const rows = await readCurriculum(scopeOf(actor), courseId, tx);
  if (rows.length === 0) throw notFoundError("This course");
  return toCurriculum(courseId, rows);
}

/** Adds a chapter at the end. @throws AppError NOT_FOUND; REJECTED when the course has 100 */
export async function addChapter(actor: MemberActor, input: AddChapterInput): Promise<Curriculum> {
  assertCan(actor, "course.author");
  return inTransaction(async (tx) => {
    if (!(await raiseCurriculum(scopeOf(actor), input.courseId, null, tx))) throw notFoundError("This course");
    const id = await insertChapter(scopeOf(actor), input, tx);
    const curriculum = await getCurriculum(actor, input, tx);
    if (curriculum.chapters.length > MAX_CHAPTERS) {
      throw new AppError("REJECTED", `A course takes at most ${MAX_CHAPTERS} chapters. Put the lesson into one of them.`);
    }
    await recordAudit(tx, actor, { action: "chapter.added", subjectId: id, after: input });
    return curriculum;
  });
}

/** Renames a chapter. @throws AppError NOT_FOUND; CONFLICT when it no longer has the title `from` */
export async function renameChapter(actor: MemberActor, input: RenameChapterInput): Promise<Curriculum> {
  assertCan(actor, "course.author");
  return inTransaction(async (tx) => {
    if (!(await renameChapterRow(scopeOf(actor), input, tx))) {
      const chapter = await findChapter(scopeOf(actor), input.courseId, input.chapterId, tx);
      if (!chapter) throw notFoundError("This chapter");
      throw new AppError("CONFLICT", `This chapter is called “${chapter.title}” by now; your title was not saved over it.`);
    }
    const { chapterId, courseId, from, title } = input;
    await recordAudit(tx, actor, { action: "chapter.renamed", subjectId: chapterId, before: { courseId, title: from }, after: { title } });
    return getCurriculum(actor, input, tx);
  });
}

/**
 * Deletes a chapter, its lessons and the progress in them; their files are released. All of it can be restored for STORAGE_UNDO_HOURS.
 *
 * @throws AppError NOT_FOUND
 */
export async function deleteChapter(actor: MemberActor, input: ChapterIdInput): Promise<CurriculumDeletion> {
  assertCan(actor, "course.author");
  const { courseId, chapterId } = input;
  return inTransaction(async (tx) => {
    await raiseCurriculum(scopeOf(actor), courseId, null, tx);
    const chapter = await findChapter(scopeOf(actor), courseId, chapterId, tx);
    if (!chapter) throw notFoundError("This chapter");
    const { lessons, files } = await lockLessonFiles(scopeOf(actor), { courseId, chapterId }, tx);
    const { title } = chapter;
    const deleted = await deleteContent(tx, actor, { kind: "CHAPTER", title, courseId, chapterId, lessonIds: ids(lessons), files });
    const before = { courseId, title, lessons: lessons.map((lesson) => lesson.title) };
    await recordAudit(tx, actor, { action: "chapter.deleted", subjectId: chapterId, before });
    return { deleted, curriculum: await getCurriculum(actor, input, tx) };
  }, BULK_SECONDS);
}

const sameSet = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && new Set(left).size === left.length && new Set([...left, ...right]).size === left.length;

/**
 * Puts every chapter and lesson where the input has it. The input must have been made from the curriculum as it is: same version, the
 * same chapters and lessons, each once.
 *
 * @throws AppError NOT_FOUND; CONFLICT when the structure changed meanwhile, or the ids are not all and only the course's
 */
export async function arrangeCurriculum(actor: MemberActor, input: ArrangeCurriculumInput): Promise<Curriculum> {
  assertCan(actor, "course.author");
  const { courseId, version, chapters } = input;
  const changed = () =>
    new AppError("CONFLICT", "The curriculum was changed in another tab or by somebody else. Nothing was moved; make your move again.");
  return inTransaction(async (tx) => {
    const raised = await raiseCurriculum(scopeOf(actor), courseId, version, tx);
    const current = await getCurriculum(actor, input, tx);
    const lessonIds = chapters.flatMap((chapter) => chapter.lessonIds);
    const complete =
      sameSet(ids(chapters), ids(current.chapters)) && sameSet(lessonIds, ids(current.chapters.flatMap((chapter) => chapter.lessons)));
    if (!raised || !complete) throw changed();
    await writePositions(
      scopeOf(actor),
      courseId,
      chapters.map(({ id }, position) => ({ id, position })),
      chapters.flatMap(({ id: chapterId, lessonIds: own }) => own.map((id, position) => ({ id, chapterId, position }))),
      tx,
    );
    const order = (of: Curriculum) => of.chapters.map(({ id, lessons }) => ({ id, lessonIds: ids(lessons) }));
    await recordAudit(tx, actor, {
      action: "curriculum.arranged",
      subjectId: courseId,
      before: { chapters: order(current) },
      after: { chapters },
    });
    return getCurriculum(actor, input, tx);
  });
}
