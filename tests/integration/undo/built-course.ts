import { randomUUID } from "node:crypto";
import { db } from "@/lib/db";
import {
  createChapter,
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createUser,
  type createOrganization,
} from "../../support/factories";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

/** A draft of two chapters with two lessons each; the first lesson has every kind of file, and a learner half way through it. */
export async function buildCourse(organization: Organization) {
  const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL", fileName: "cover.png" });
  const course = await createCourse(organization, { status: "DRAFT", thumbnailId: thumbnail.id });
  const [first, second] = [await createChapter(course, { title: "First" }), await createChapter(course, { title: "Second" })];
  const [video, poster, sheet] = await Promise.all([
    createMediaFile(organization, { fileName: "intro.mp4" }),
    createMediaFile(organization, { kind: "POSTER", fileName: "intro.png" }),
    createMediaFile(organization, { kind: "ATTACHMENT", fileName: "sheet.pdf" }),
  ]);
  const body = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Words" }] }] };
  const lesson = await createLesson(course, { chapterId: first.id, title: "A", videoId: video.id, posterId: poster.id, body });
  const lessons = [lesson];
  for (const [chapter, title] of [
    [first, "B"],
    [second, "C"],
    [second, "D"],
  ] as const)
    lessons.push(await createLesson(course, { chapterId: chapter.id, title }));
  await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: sheet.id, position: 0 } });
  const learner = await createUser();
  const enrolment = await createEnrolment(course, learner.id, { lastLessonId: lesson.id });
  const watchedRanges = [[0, 40_000]];
  await db.lessonProgress.create({
    data: { enrolmentId: enrolment.id, lessonId: lesson.id, mediaFileId: video.id, watchedRanges, watchedMs: 40_000, positionMs: 40_000 },
  });
  await db.progressEvent.create({
    data: {
      enrolmentId: enrolment.id,
      lessonId: lesson.id,
      mediaFileId: video.id,
      viewId: randomUUID(),
      sequence: 0,
      kind: "watched",
      watchedRanges,
    },
  });
  return { course, chapters: [first, second] as const, lesson, lessons, files: { thumbnail, video, poster, sheet }, learner, enrolment };
}

/** Every row of a course as it is, but for the counters that a change of the curriculum raises. */
export async function rowsOf(courseId: string) {
  const course = await db.course.findUnique({ where: { id: courseId } });
  const order = { orderBy: { id: "asc" } } as const;
  const inLesson = { lesson: { courseId } };
  return {
    course: course && { ...course, curriculumVersion: null, updatedAt: null },
    chapters: (await db.chapter.findMany({ where: { courseId }, ...order })).map((row) => ({ ...row, updatedAt: null })),
    lessons: (await db.lesson.findMany({ where: { courseId }, ...order })).map((row) => ({ ...row, updatedAt: null })),
    attachments: await db.lessonAttachment.findMany({ where: inLesson, ...order }),
    enrolments: await db.enrolment.findMany({ where: { courseId }, ...order }),
    progress: await db.lessonProgress.findMany({ where: inLesson, ...order }),
    events: await db.progressEvent.findMany({ where: { enrolment: { courseId } }, ...order }),
  };
}

export const stateOf = async (id: string) => (await db.mediaFile.findUniqueOrThrow({ where: { id } })).state;
