import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { MAX_CHAPTERS, type Curriculum } from "@/lib/schemas/chapter";
import { addChapter, arrangeCurriculum, deleteChapter, getCurriculum, renameChapter } from "@/lib/services/chapter-service";
import { addLesson, deleteLesson, renameLesson } from "@/lib/services/lesson-service";
import {
  createChapter,
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createMember,
  createOrganization,
} from "../../support/factories";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;
let learner: MemberActor;
let stranger: MemberActor;
let courseId: string;
let course: Awaited<ReturnType<typeof createCourse>>;

beforeAll(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
  learner = await createMember(organization, "learner");
  stranger = await createMember(await createOrganization(), "owner");
});
beforeEach(async () => {
  course = await createCourse(organization, { status: "DRAFT" });
  courseId = course.id;
});

const outline = (curriculum: Curriculum) => curriculum.chapters.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)]);
const order = (curriculum: Curriculum) =>
  curriculum.chapters.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id) }));

/** Chapter A with lessons 1 and 2, chapter B with lesson 3. */
async function makeCurriculum(): Promise<{ a: string; b: string; lessons: [string, string, string] }> {
  const a = await createChapter(course, { title: "A" });
  const b = await createChapter(course, { title: "B" });
  const one = await createLesson(course, { chapterId: a.id, title: "1" });
  const two = await createLesson(course, { chapterId: a.id, title: "2" });
  const three = await createLesson(course, { chapterId: b.id, title: "3" });
  return { a: a.id, b: b.id, lessons: [one.id, two.id, three.id] };
}

describe("adding", () => {
  it("puts chapters and lessons at the end and answers with the whole curriculum", async () => {
    const { chapters } = await addChapter(author, { courseId, title: "Getting started" });
    const chapterId = chapters[0]?.id ?? "";
    await addLesson(author, { courseId, chapterId, title: "Hello" });
    await addChapter(author, { courseId, title: "Going on" });
    const { curriculum } = await addLesson(author, { courseId, chapterId, title: "Tools" });
    expect(outline(curriculum)).toEqual([
      ["Getting started", ["Hello", "Tools"]],
      ["Going on", []],
    ]);
    expect(curriculum.version).toBe(5);
  });

  it("gives every lesson a place of its own, also when many are added at the same moment", async () => {
    const { chapters } = await addChapter(author, { courseId, title: "Busy" });
    const chapterId = chapters[0]?.id ?? "";
    await Promise.all(Array.from({ length: 8 }, (_, n) => addLesson(author, { courseId, chapterId, title: `Lesson ${n}` })));
    const places = await db.lesson.findMany({ where: { courseId }, select: { position: true }, orderBy: { position: "asc" } });
    expect(places.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("stops at the bound", async () => {
    await db.chapter.createMany({
      data: Array.from({ length: MAX_CHAPTERS }, (_, position) => ({
        organizationId: organization.id,
        courseId,
        title: `Chapter ${position}`,
        position,
      })),
    });
    await expect(addChapter(author, { courseId, title: "One more" })).rejects.toMatchObject({ code: "REJECTED" });
    expect(await db.chapter.count({ where: { courseId } })).toBe(MAX_CHAPTERS);
  });

  it("adds no lesson to a chapter of another course", async () => {
    const other = await createChapter(await createCourse(organization));
    await expect(addLesson(author, { courseId, chapterId: other.id, title: "Lost" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("renaming", () => {
  it("renames a chapter and a lesson", async () => {
    const { a, lessons } = await makeCurriculum();
    await renameChapter(author, { courseId, chapterId: a, from: "A", title: "Alpha" });
    const curriculum = await renameLesson(author, { courseId, lessonId: lessons[0], from: "1", title: "One" });
    expect(outline(curriculum)[0]).toEqual(["Alpha", ["One", "2"]]);
  });

  it("does not rename over a name that another tab gave meanwhile, and says which", async () => {
    const { a, lessons } = await makeCurriculum();
    await renameChapter(author, { courseId, chapterId: a, from: "A", title: "Alpha" });
    await renameLesson(author, { courseId, lessonId: lessons[0], from: "1", title: "One" });
    const chapter = renameChapter(author, { courseId, chapterId: a, from: "A", title: "Anton" });
    await expect(chapter).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("Alpha") as string });
    const lesson = renameLesson(author, { courseId, lessonId: lessons[0], from: "1", title: "Uno" });
    await expect(lesson).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("One") as string });
    expect(outline(await getCurriculum(author, { courseId }))[0]).toEqual(["Alpha", ["One", "2"]]);
  });

  it("leaves the order of another tab valid: a name is not the structure", async () => {
    const { a } = await makeCurriculum();
    const seen = await getCurriculum(author, { courseId });
    await renameChapter(author, { courseId, chapterId: a, from: "A", title: "Alpha" });
    const chapters = order(seen).reverse();
    await expect(arrangeCurriculum(author, { courseId, version: seen.version, chapters })).resolves.toMatchObject({
      version: seen.version + 1,
    });
  });
});

describe("arranging", () => {
  it("puts chapters and lessons where the order has them, across chapters", async () => {
    const { a, b, lessons } = await makeCurriculum();
    const { version } = await getCurriculum(author, { courseId });
    const chapters = [
      { id: b, lessonIds: [lessons[1], lessons[2]] },
      { id: a, lessonIds: [lessons[0]] },
    ];
    const arranged = await arrangeCurriculum(author, { courseId, version, chapters });
    expect(outline(arranged)).toEqual([
      ["B", ["2", "3"]],
      ["A", ["1"]],
    ]);
    expect(arranged.version).toBe(version + 1);
  });

  it("refuses an order that another tab's order has overtaken, and leaves that one in place", async () => {
    const { a, b, lessons } = await makeCurriculum();
    const { version } = await getCurriculum(author, { courseId });
    const first = [
      { id: b, lessonIds: [lessons[2]] },
      { id: a, lessonIds: [lessons[0], lessons[1]] },
    ];
    await arrangeCurriculum(author, { courseId, version, chapters: first });
    const second = [
      { id: a, lessonIds: [lessons[1], lessons[0]] },
      { id: b, lessonIds: [lessons[2]] },
    ];
    await expect(arrangeCurriculum(author, { courseId, version, chapters: second })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(order(await getCurriculum(author, { courseId }))).toEqual(first);
  });

  it("lets one of several orders at the same moment through", async () => {
    await makeCurriculum();
    const seen = await getCurriculum(author, { courseId });
    const chapters = order(seen).reverse();
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => arrangeCurriculum(author, { courseId, version: seen.version, chapters })),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
  });

  it("refuses an order that lacks a lesson, repeats one, or has one of another course", async () => {
    const { a, b, lessons } = await makeCurriculum();
    const foreign = await createLesson(await createCourse(organization));
    const { version } = await getCurriculum(author, { courseId });
    const [one, two, three] = lessons;
    for (const inB of [[], [three, three], [three, foreign.id]]) {
      const chapters = [
        { id: a, lessonIds: [one, two] },
        { id: b, lessonIds: inB },
      ];
      await expect(arrangeCurriculum(author, { courseId, version, chapters })).rejects.toMatchObject({ code: "CONFLICT" });
    }
    expect((await getCurriculum(author, { courseId })).version).toBe(version);
  });

  it("refuses an order from before a lesson was added", async () => {
    const { b } = await makeCurriculum();
    const seen = await getCurriculum(author, { courseId });
    await addLesson(author, { courseId, chapterId: b, title: "4" });
    const stale = { courseId, version: seen.version, chapters: order(seen) };
    await expect(arrangeCurriculum(author, stale)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("deleting", () => {
  it("deletes a lesson with its progress and releases its files in the same transaction", async () => {
    const { a } = await makeCurriculum();
    const [video, attachment] = await Promise.all([createMediaFile(organization), createMediaFile(organization, { kind: "ATTACHMENT" })]);
    const lesson = await createLesson(course, { chapterId: a, title: "Gone", videoId: video.id });
    await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: attachment.id, position: 0 } });
    const enrolment = await createEnrolment(course, learner.userId);
    await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id } });
    expect((await getCurriculum(author, { courseId })).chapters[0]?.lessons.at(-1)).toMatchObject({
      hasVideo: true,
      hasText: false,
      durationMs: 100_000,
      attachments: 1,
      learners: 1,
    });

    const { curriculum } = await deleteLesson(author, { courseId, lessonId: lesson.id });

    expect(outline(curriculum)[0]).toEqual(["A", ["1", "2"]]);
    expect(await db.lessonProgress.count({ where: { lessonId: lesson.id } })).toBe(0);
    for (const { id } of [video, attachment]) expect((await db.mediaFile.findUniqueOrThrow({ where: { id } })).state).toBe("RELEASED");
  });

  it("deletes a chapter with its lessons and releases their files, and says not found the second time", async () => {
    const { b } = await makeCurriculum();
    const video = await createMediaFile(organization);
    await createLesson(course, { chapterId: b, videoId: video.id });
    expect(outline((await deleteChapter(author, { courseId, chapterId: b })).curriculum)).toEqual([["A", ["1", "2"]]]);
    expect((await db.mediaFile.findUniqueOrThrow({ where: { id: video.id } })).state).toBe("RELEASED");
    await expect(deleteChapter(author, { courseId, chapterId: b })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("who may change a curriculum", () => {
  it("refuses learners, and finds nothing of another tenant", async () => {
    const { a, lessons } = await makeCurriculum();
    const seen = await getCurriculum(author, { courseId });
    const calls: ((actor: MemberActor) => Promise<unknown>)[] = [
      (actor) => getCurriculum(actor, { courseId }),
      (actor) => addChapter(actor, { courseId, title: "X" }),
      (actor) => renameChapter(actor, { courseId, chapterId: a, from: "A", title: "X" }),
      (actor) => deleteChapter(actor, { courseId, chapterId: a }),
      (actor) => arrangeCurriculum(actor, { courseId, version: seen.version, chapters: order(seen).reverse() }),
      (actor) => addLesson(actor, { courseId, chapterId: a, title: "X" }),
      (actor) => renameLesson(actor, { courseId, lessonId: lessons[0], from: "1", title: "X" }),
      (actor) => deleteLesson(actor, { courseId, lessonId: lessons[0] }),
    ];
    for (const call of calls) {
      await expect(call(learner)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(call(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await getCurriculum(author, { courseId })).toEqual(seen);
  });
});
