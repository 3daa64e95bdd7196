import "server-only";
import { notFoundError } from "../core/app-error";
import { percentOf } from "../core/percent";
import {
  countCatalogueCourses,
  findLearnerCourse,
  findLearnerLesson,
  listCatalogueCategories,
  listCatalogueCourses,
  listMyCourses,
  listSuggestedCourses,
} from "../data/learner-course";
import { assertCan, can } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { canEnrol, courseAccess, nextLessonOf } from "../policies/learning-policy";
import { isAtHand, isCold } from "../policies/media-tier-policy";
import { isMarkable } from "../policies/progress-policy";
import type {
  Catalogue,
  CatalogueInput,
  CourseCard,
  CourseOutline,
  LearnerCourse,
  LearnerHome,
  LearnerLesson,
  MyCourse,
  OutlineLesson,
} from "../schemas/learner-course";
import { isBlankRichText, richTextSchema, type RichTextDocument } from "../schemas/rich-text";
import { findPictureUrls, pictureView, signMediaUrl, signPicture } from "./delivery-service";
import type { PublicUrls } from "./failover-service";
import { PLAYBACK_SECONDS } from "./playback-service";

/** Courses proposed on the home page. */
const SUGGESTIONS = 3;
/** Of a lesson's poster: the player's usual width, on sharp screens a little less than twice. */
const POSTER_WIDTH = 1600;

type LessonRow = NonNullable<Awaited<ReturnType<typeof findLearnerLesson>>>;
type OutlineRow = Omit<LessonRow["course"], "mediaColdSince">;
type CardRow = Awaited<ReturnType<typeof listSuggestedCourses>>[number];

const progressOf = (done: number, total: number) => ({ done, total, percent: percentOf(done, total) });

/** A text from the database, checked again before it is rendered; one without words is none. */
function storedText(json: unknown): RichTextDocument | null {
  if (json === null) return null;
  const document = richTextSchema.parse(json);
  return isBlankRichText(document) ? null : document;
}

function toCard(row: CardRow, urlOf: PublicUrls): Omit<CourseCard, "progress"> {
  const { thumbnail, _count, id, slug, title, summary, level, category } = row;
  return { id, slug, title, summary, level, category, thumbnail: pictureView(thumbnail, urlOf), lessonCount: _count.lessons };
}

function toOutlineLesson(lesson: OutlineRow["chapters"][number]["lessons"][number]): OutlineLesson {
  const progress = lesson.progress[0];
  const durationMs = lesson.video?.durationMs ?? null;
  // What was watched of an earlier video says nothing about this one.
  const current = progress && lesson.video && progress.mediaFileId === lesson.video.id ? progress : null;
  return {
    id: lesson.id,
    title: lesson.title,
    durationMs,
    hasVideo: lesson.video !== null,
    done: Boolean(progress?.completedAt),
    watchedPercent: current && durationMs ? percentOf(current.watchedMs, durationMs) : 0,
    positionMs: current?.positionMs ?? 0,
  };
}

/** @throws AppError NOT_FOUND when the course is none of the actor's business */
function toOutline(actor: MemberActor, row: OutlineRow, urlOf: PublicUrls): CourseOutline {
  const enrolment = row.enrolments[0] ?? null;
  const access = courseAccess({ status: row.status, enrolled: enrolment !== null, author: can(actor, "course.author") });
  if (access === "none") throw notFoundError("This course", `course is ${row.status}`);
  const chapters = row.chapters.map((chapter) => ({ id: chapter.id, title: chapter.title, lessons: chapter.lessons.map(toOutlineLesson) }));
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    access,
    thumbnail: pictureView(row.thumbnail, urlOf),
    chapters,
    progress: progressOf(lessons.filter((lesson) => lesson.done).length, lessons.length),
    enrolmentId: access === "learn" ? (enrolment?.id ?? null) : null,
    nextLesson: nextLessonOf(lessons, enrolment?.lastLessonId ?? null),
  };
}

/**
 * The learner's first page: the course last worked on, the others, the finished ones, and what else there is.
 *
 * @throws AppError FORBIDDEN
 */
export async function getHome(actor: MemberActor): Promise<LearnerHome> {
  assertCan(actor, "course.learn");
  const scope = { organizationId: actor.organization.id };
  const [enrolments, suggested] = await Promise.all([
    listMyCourses(scope, actor.userId),
    listSuggestedCourses(scope, actor.userId, SUGGESTIONS),
  ]);
  const urlOf = await findPictureUrls([...enrolments.map(({ course }) => course), ...suggested].map(({ thumbnail }) => thumbnail));
  const mine = enrolments.map(({ course, lastActiveAt, completedAt, _count }): MyCourse => ({
    ...toCard(course, urlOf),
    progress: progressOf(_count.progress, course._count.lessons),
    lastActiveAt,
    completedAt,
  }));
  const [first, ...others] = mine.filter((course) => course.progress.percent < 100);
  const row = first ? await findLearnerCourse(scope, actor.userId, first.slug) : null;
  return {
    current: first ? { course: first, lesson: row ? toOutline(actor, row, urlOf).nextLesson : null } : null,
    underway: others,
    finished: mine.filter((course) => course.progress.percent === 100),
    suggestions: suggested.map((course) => ({ ...toCard(course, urlOf), progress: null })),
  };
}

/**
 * One page of the published courses.
 *
 * @throws AppError FORBIDDEN
 */
export async function listCatalogue(actor: MemberActor, input: CatalogueInput): Promise<Catalogue> {
  assertCan(actor, "course.learn");
  const scope = { organizationId: actor.organization.id };
  const [rows, total, categories] = await Promise.all([
    listCatalogueCourses(scope, actor.userId, input),
    countCatalogueCourses(scope, input),
    listCatalogueCategories(scope),
  ]);
  const urlOf = await findPictureUrls(rows.map(({ thumbnail }) => thumbnail));
  const courses = rows.map(({ enrolments: [enrolment], ...course }) => ({
    ...toCard(course, urlOf),
    progress: enrolment ? progressOf(enrolment._count.progress, course._count.lessons) : null,
  }));
  return { courses, total, categories };
}

/**
 * A course as the member may see it: as a learner, as somebody who may enrol, or as its author in preview.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function getLearnerCourse(actor: MemberActor, slug: string): Promise<LearnerCourse> {
  assertCan(actor, "course.learn");
  const row = await findLearnerCourse({ organizationId: actor.organization.id }, actor.userId, slug);
  if (!row) throw notFoundError("This course");
  const outline = toOutline(actor, row, await findPictureUrls([row.thumbnail]));
  const lessons = outline.chapters.flatMap((chapter) => chapter.lessons);
  return {
    ...outline,
    summary: row.summary,
    description: storedText(row.description),
    level: row.level,
    category: row.category,
    durationMs: lessons.reduce((sum, lesson) => sum + (lesson.durationMs ?? 0), 0),
    canEnrol: canEnrol({ status: row.status, enrolled: row.enrolments.length > 0 }),
    started: lessons.some((lesson) => lesson.done || lesson.watchedPercent > 0 || lesson.positionMs > 0),
  };
}

/** What stands in for a video that can't be read now. A time that has passed is none: the store takes longer than it says. */
function coldVideo({ restoreReadyAt }: NonNullable<LessonRow["video"]>, course: LessonRow["course"]): LearnerLesson["coldVideo"] {
  const readyAt = restoreReadyAt && restoreReadyAt > new Date() ? restoreReadyAt : null;
  return { returning: !isCold(course), readyAt };
}

/**
 * A lesson with its playable video. For who may only look at the course (access "offer") there is no lesson: null.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function findLesson(actor: MemberActor, address: { courseSlug: string; lessonId: string }): Promise<LearnerLesson | null> {
  assertCan(actor, "course.learn");
  const row = await findLearnerLesson({ organizationId: actor.organization.id }, actor.userId, address);
  if (!row) throw notFoundError("This lesson");
  const course = toOutline(actor, row.course, await findPictureUrls([row.course.thumbnail]));
  if (course.access === "offer") return null;
  const lessons = course.chapters.flatMap((chapter) => chapter.lessons);
  const index = lessons.findIndex((lesson) => lesson.id === row.id);
  const here = lessons[index];
  const away = row.video !== null && !isAtHand(row.video);
  const [signed, poster] = await Promise.all([
    row.video && !away ? signMediaUrl(row.video, { expiresInSeconds: PLAYBACK_SECONDS }) : null,
    signPicture(row.poster, { width: POSTER_WIDTH, expiresInSeconds: PLAYBACK_SECONDS }),
  ]);
  return {
    course,
    id: row.id,
    title: row.title,
    body: storedText(row.body),
    video:
      row.video && signed
        ? { mediaFileId: row.video.id, durationMs: row.video.durationMs, url: signed.url, expiresAt: signed.expiresAt.toISOString() }
        : null,
    coldVideo: row.video && away ? coldVideo(row.video, row.course) : null,
    poster: poster ?? course.thumbnail?.url ?? null,
    attachments: row.attachments.map(({ mediaFile }) => ({
      id: mediaFile.id,
      fileName: mediaFile.fileName,
      bytes: Number(mediaFile.bytes),
    })),
    done: here?.done ?? false,
    markable: isMarkable(row.video),
    positionMs: here?.positionMs ?? 0,
    previous: lessons[index - 1] ?? null,
    next: lessons[index + 1] ?? null,
  };
}
