import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { catalogueSchema } from "@/lib/schemas/learner-course";
import { findLesson, getHome, getLearnerCourse, listCatalogue } from "@/lib/services/learner-course-service";
import {
  createChapter,
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createMember,
  createOrganization,
} from "../../support/factories";

const text = (words: string) => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: words }] }] });
const catalogue = (input: object = {}) => catalogueSchema.parse(input);

async function setup(data: Parameters<typeof createCourse>[1] = {}) {
  const organization = await createOrganization();
  const course = await createCourse(organization, data);
  const learner = await createMember(organization, "learner");
  const author = await createMember(organization, "instructor");
  return { organization, course, learner, author };
}

describe("a course's page", () => {
  it("lists chapters and lessons in their order, with what is done and where to go on", async () => {
    const { organization, course, learner } = await setup();
    const second = await createChapter(course, { position: 1, title: "Second" });
    const first = await createChapter(course, { position: 0, title: "First" });
    const c = await createLesson(course, { chapterId: second.id, title: "c" });
    const b = await createLesson(course, { chapterId: first.id, title: "b", position: 2 });
    const video = await createMediaFile(organization, { durationMs: 200_000 });
    const a = await createLesson(course, { chapterId: first.id, title: "a", position: 1, videoId: video.id });
    const enrolment = await createEnrolment(course, learner.userId, { lastLessonId: a.id });
    await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: b.id, completedAt: new Date() } });
    await db.lessonProgress.create({
      data: { enrolmentId: enrolment.id, lessonId: a.id, mediaFileId: video.id, watchedMs: 50_000, positionMs: 60_000 },
    });
    const page = await getLearnerCourse(learner, course.slug);
    expect(page.chapters.map((chapter) => [chapter.title, chapter.lessons.map((lesson) => lesson.title)])).toEqual([
      ["First", ["a", "b"]],
      ["Second", ["c"]],
    ]);
    expect(page).toMatchObject({
      access: "learn",
      canEnrol: false,
      started: true,
      durationMs: 200_000,
      progress: { done: 1, total: 3, percent: 33 },
      nextLesson: { id: a.id, watchedPercent: 25, positionMs: 60_000, done: false },
    });
    expect((await findLesson(learner, { courseSlug: course.slug, lessonId: b.id }))?.next?.id).toBe(c.id);
  });

  it("shows nobody else's progress", async () => {
    const { course, learner, organization } = await setup();
    const lesson = await createLesson(course);
    const other = await createMember(organization, "learner");
    const enrolment = await createEnrolment(course, other.userId);
    await createEnrolment(course, learner.userId);
    await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id, completedAt: new Date() } });
    expect((await getLearnerCourse(learner, course.slug)).progress).toEqual({ done: 0, total: 1, percent: 0 });
    expect((await getLearnerCourse(other, course.slug)).progress).toEqual({ done: 1, total: 1, percent: 100 });
  });

  it("forgets what was watched of a video that has been replaced, but not that the lesson was done", async () => {
    const { organization, course, learner } = await setup();
    const [old, fresh] = [await createMediaFile(organization), await createMediaFile(organization)];
    const lesson = await createLesson(course, { videoId: fresh.id });
    const enrolment = await createEnrolment(course, learner.userId);
    await db.lessonProgress.create({
      data: {
        enrolmentId: enrolment.id,
        lessonId: lesson.id,
        mediaFileId: old.id,
        watchedMs: 95_000,
        positionMs: 95_000,
        completedAt: new Date(),
      },
    });
    expect(await findLesson(learner, { courseSlug: course.slug, lessonId: lesson.id })).toMatchObject({ done: true, positionMs: 0 });
  });

  it("is not found for another tenant, not even under the same address", async () => {
    const { course, learner } = await setup();
    const lesson = await createLesson(course);
    const stranger = await createMember(await createOrganization(), "owner");
    await createEnrolment(course, learner.userId);
    await expect(getLearnerCourse(stranger, course.slug)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(findLesson(stranger, { courseSlug: course.slug, lessonId: lesson.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a lesson's page", () => {
  it("is closed to who is not enrolled, and a preview for authors", async () => {
    const { course, learner, author } = await setup();
    const lesson = await createLesson(course, { body: text("Welcome") });
    const address = { courseSlug: course.slug, lessonId: lesson.id };
    expect(await findLesson(learner, address)).toBeNull();
    expect(await findLesson(author, address)).toMatchObject({ course: { access: "preview", enrolmentId: null }, body: text("Welcome") });
  });

  it("of a draft exists for authors alone, even when a learner enrolled before", async () => {
    const { course, learner, author } = await setup({ status: "DRAFT" });
    const lesson = await createLesson(course);
    const address = { courseSlug: course.slug, lessonId: lesson.id };
    await createEnrolment(course, learner.userId);
    await createEnrolment(course, author.userId);
    await expect(findLesson(learner, address)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findLesson(author, address)).toMatchObject({ course: { access: "preview", enrolmentId: null } });
  });

  it("of an archived course stays open to who is enrolled", async () => {
    const { course, learner, organization } = await setup({ status: "ARCHIVED" });
    const lesson = await createLesson(course);
    const address = { courseSlug: course.slug, lessonId: lesson.id };
    await createEnrolment(course, learner.userId);
    expect(await findLesson(learner, address)).toMatchObject({ course: { access: "learn" } });
    await expect(findLesson(await createMember(organization, "learner"), address)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is not found under another course's address", async () => {
    const { organization, course, author } = await setup();
    const lesson = await createLesson(course);
    const other = await createCourse(organization);
    await expect(findLesson(author, { courseSlug: other.slug, lessonId: lesson.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the learner's home", () => {
  it("puts the course last worked on first, finished ones apart, and proposes the rest", async () => {
    const { organization, course: older, learner } = await setup({ title: "Older" });
    const [recent, finished, offered, draft, empty] = [
      await createCourse(organization, { title: "Recent" }),
      await createCourse(organization, { title: "Finished" }),
      await createCourse(organization, { title: "Offered" }),
      await createCourse(organization, { title: "Draft", status: "DRAFT" }),
      await createCourse(organization, { title: "Empty" }),
    ];
    for (const course of [older, recent, offered, draft]) await createLesson(course);
    const lesson = await createLesson(finished);
    await createEnrolment(older, learner.userId, { lastActiveAt: new Date("2026-01-01") });
    await createEnrolment(recent, learner.userId, { lastActiveAt: new Date("2026-02-01") });
    await createEnrolment(draft, learner.userId, { lastActiveAt: new Date("2026-04-01") });
    const enrolment = await createEnrolment(finished, learner.userId, { lastActiveAt: new Date("2026-03-01") });
    await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id, completedAt: new Date() } });

    const home = await getHome(learner);
    expect(home.current?.course.title).toBe("Recent");
    expect(home.current?.lesson).not.toBeNull();
    expect(home.underway.map(({ title }) => title)).toEqual(["Older"]);
    expect(home.finished.map(({ title, progress }) => [title, progress.percent])).toEqual([["Finished", 100]]);
    expect(home.suggestions.map(({ title }) => title)).toEqual(["Offered"]);
    expect(empty.title).toBe("Empty");
  });

  it("is empty, not broken, for a new member of a new academy", async () => {
    const learner = await createMember(await createOrganization(), "learner");
    expect(await getHome(learner)).toEqual({ current: null, underway: [], finished: [], suggestions: [] });
  });
});

describe("the catalogue", () => {
  it("shows published courses of this tenant alone, with the member's own progress", async () => {
    const { organization, course, learner } = await setup({ title: "Mine" });
    await createCourse(organization, { status: "DRAFT" });
    await createCourse(organization, { status: "ARCHIVED" });
    await createCourse(await createOrganization());
    await createLesson(course);
    await createEnrolment(course, learner.userId);
    const { courses, total } = await listCatalogue(learner, catalogue());
    expect(total).toBe(1);
    expect(courses).toMatchObject([{ title: "Mine", lessonCount: 1, progress: { done: 0, total: 1, percent: 0 } }]);
  });

  it("filters by words as they stand, by category and by level", async () => {
    const { organization, learner } = await setup({ title: "Sales 100% remote", category: "Sales" });
    await createCourse(organization, { title: "Sales 100 times", category: "Sales", level: "ADVANCED" });
    await createCourse(organization, { title: "Reporting", category: "Data", level: "ADVANCED" });
    const titles = async (input: object) => (await listCatalogue(learner, catalogue(input))).courses.map(({ title }) => title);
    expect(await titles({ q: "100%" })).toEqual(["Sales 100% remote"]);
    expect(await titles({ category: "Data" })).toEqual(["Reporting"]);
    expect(await titles({ q: "sales", level: "ADVANCED" })).toEqual(["Sales 100 times"]);
    expect((await listCatalogue(learner, catalogue())).categories).toEqual(["Data", "Sales"]);
  });
});
