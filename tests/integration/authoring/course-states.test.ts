import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { courseListSchema } from "@/lib/schemas/course";
import {
  createCourse as create,
  deleteCourse,
  getAuthoringOverview,
  getCourse,
  getCourseSummary,
  listCourses,
  moveCourse,
  saveCourse,
} from "@/lib/services/course-service";
import {
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createMember,
  createOrganization,
  createUser,
  unique,
} from "../../support/factories";
import { formOf, lastAudit, stateOf, text } from "./course-form";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

let organization: Organization;
let author: MemberActor;
let learner: MemberActor;
let stranger: MemberActor;

beforeAll(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
  learner = await createMember(organization, "learner");
  stranger = await createMember(await createOrganization(), "owner");
});

describe("the states of a course", () => {
  it("publishes only what has a lesson with a video or text, and says what is missing", async () => {
    const course = await createCourse(organization, { status: "DRAFT", publishedAt: null });
    const publish = () => moveCourse(author, { courseId: course.id, move: "publish" });
    await expect(publish()).rejects.toMatchObject({ code: "REJECTED", message: expect.stringContaining("no lessons") as string });
    const lesson = await createLesson(course);
    await expect(publish()).rejects.toMatchObject({ code: "REJECTED", message: expect.stringContaining("empty") as string });
    await db.lesson.update({ where: { id: lesson.id }, data: { body: text("Words") } });
    await expect(publish()).resolves.toMatchObject({ status: "PUBLISHED" });
    expect((await db.course.findUniqueOrThrow({ where: { id: course.id } })).publishedAt).toBeInstanceOf(Date);
    expect(await lastAudit(course.id)).toMatchObject({ action: "course.published", before: { status: "DRAFT" } });
  });

  it("publishes once, however often the button is pressed", async () => {
    const course = await createCourse(organization, { status: "DRAFT" });
    await createLesson(course, { body: text("Words") });
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => moveCourse(author, { courseId: course.id, move: "publish" })));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await db.auditEvent.count({ where: { subjectId: course.id, action: "course.published" } })).toBe(1);
  });

  it("goes from published to archived and back to draft, keeping who is enrolled", async () => {
    const course = await createCourse(organization);
    await createEnrolment(course, learner.userId);
    await moveCourse(author, { courseId: course.id, move: "archive" });
    await expect(moveCourse(author, { courseId: course.id, move: "publish" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await moveCourse(author, { courseId: course.id, move: "restore" })).toMatchObject({ status: "DRAFT", learners: 1 });
    expect((await db.course.findUniqueOrThrow({ where: { id: course.id } })).archivedAt).toBeNull();
  });
});

describe("deleting a course", () => {
  it("releases every file of it and takes its lessons and progress along", async () => {
    const admin = await createMember(organization, "admin");
    const [thumbnail, video, attachment, shared] = await Promise.all([
      createMediaFile(organization, { kind: "THUMBNAIL" }),
      createMediaFile(organization),
      createMediaFile(organization, { kind: "ATTACHMENT" }),
      createMediaFile(organization),
    ]);
    const course = await createCourse(organization, { status: "ARCHIVED", thumbnailId: thumbnail.id });
    const lesson = await createLesson(course, { videoId: video.id });
    await createLesson(course, { videoId: shared.id });
    const other = await createCourse(organization);
    await createLesson(other, { videoId: shared.id });
    await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: attachment.id, position: 0 } });
    const enrolment = await createEnrolment(course, learner.userId);
    await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id } });

    await deleteCourse(admin, { courseId: course.id, title: course.title });

    expect(await db.course.findUnique({ where: { id: course.id } })).toBeNull();
    expect(await db.enrolment.findUnique({ where: { id: enrolment.id } })).toBeNull();
    for (const file of [thumbnail, video, attachment]) expect(await stateOf(file.id)).toBe("RELEASED");
    expect(await stateOf(shared.id)).toBe("READY");
    expect(await lastAudit(course.id)).toMatchObject({
      action: "course.deleted",
      before: { title: course.title, lessons: 2, learners: 1 },
    });
  });

  it("asks for the title, refuses what is published, and is not an instructor's", async () => {
    const admin = await createMember(organization, "admin");
    const course = await createCourse(organization);
    const input = { courseId: course.id, title: course.title };
    await expect(deleteCourse(author, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(deleteCourse(admin, input)).rejects.toMatchObject({ code: "CONFLICT" });
    await moveCourse(admin, { courseId: course.id, move: "unpublish" });
    await expect(deleteCourse(admin, { ...input, title: "Another" })).rejects.toMatchObject({
      fieldErrors: { title: [expect.any(String)] },
    });
    expect(await db.course.count({ where: { id: course.id } })).toBe(1);
  });
});

describe("who may author", () => {
  it("refuses learners, and finds nothing of another tenant", async () => {
    const course = await createCourse(organization, { status: "DRAFT" });
    const { id: courseId } = course;
    const form = formOf(await getCourse(author, { courseId }));
    const calls: ((actor: MemberActor) => Promise<unknown>)[] = [
      (actor) => getCourse(actor, { courseId }),
      (actor) => getCourseSummary(actor, { courseId }),
      (actor) => saveCourse(actor, { ...form, title: "Taken over" }),
      (actor) => moveCourse(actor, { courseId, move: "archive" }),
      (actor) => deleteCourse(actor, { courseId, title: course.title }),
    ];
    for (const call of calls) {
      await expect(call(learner)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(call(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(listCourses(learner, courseListSchema.parse({}))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(create(learner, { title: "Mine", slug: unique("mine") })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await getCourse(author, { courseId })).toMatchObject({ title: course.title, version: 1 });
  });
});

describe("the overview", () => {
  it("counts what an author has and what waits, in this tenant alone", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    const draft = await createCourse(home, { status: "DRAFT" });
    const empty = await createLesson(draft);
    const published = await createCourse(home);
    await createLesson(published, { body: text("Words") });
    const archived = await createCourse(home, { status: "ARCHIVED" });
    await createLesson(archived);
    const person = await createUser();
    await createEnrolment(published, person.id);
    await createEnrolment(archived, person.id);
    await createEnrolment(published, (await createUser()).id, { lastActiveAt: new Date(Date.now() - 8 * 86_400_000) });
    expect(await getAuthoringOverview(owner)).toMatchObject({
      courses: { DRAFT: 1, PUBLISHED: 1, ARCHIVED: 1 },
      recentLearners: 1,
      drafts: [{ id: draft.id, lessons: 1 }],
      emptyLessons: { total: 1, lessons: [{ id: empty.id, course: { id: draft.id } }] },
    });
    const elsewhere = await createMember(await createOrganization(), "owner");
    expect(await getAuthoringOverview(elsewhere)).toMatchObject({ courses: { DRAFT: 0 }, emptyLessons: { total: 0, lessons: [] } });
  });
});
