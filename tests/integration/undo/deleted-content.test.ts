import { beforeEach, describe, expect, test } from "vitest";
import { getQueue } from "@/lib/clients/queue";
import { DAY, HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { addChapter, deleteChapter, getCurriculum } from "@/lib/services/chapter-service";
import { createCourse as createDraft, deleteCourse } from "@/lib/services/course-service";
import { listDeletedContent, listDeletedCourses, purgeDeletedItem, restoreDeleted } from "@/lib/services/deleted-content-service";
import { deleteLesson, getLesson, saveLesson } from "@/lib/services/lesson-service";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createMember, createOrganization, createUser, system } from "../../support/factories";
import { buildCourse, rowsOf, stateOf } from "./built-course";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let admin: MemberActor;
let built: Awaited<ReturnType<typeof buildCourse>>;
let courseId: string;

beforeEach(async () => {
  organization = await createOrganization();
  admin = await createMember(organization, "admin");
  built = await buildCourse(organization);
  courseId = built.course.id;
});

const lessonKey = () => ({ courseId, lessonId: built.lesson.id });
const restore = (deletedItemId: string, actor = admin) => restoreDeleted(actor, { deletedItemId });
const dropLesson = async () => (await deleteLesson(admin, lessonKey())).deleted.deletedItemId;
const dropCourse = async () => (await deleteCourse(admin, { courseId, title: built.course.title })).deletedItemId;
const outline = async () =>
  (await getCurriculum(admin, { courseId })).chapters.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)]);
const fileStates = () => Promise.all(Object.values(built.files).map(({ id }) => stateOf(id)));
const actions = async () =>
  (await db.auditEvent.findMany({ where: { organizationId: organization.id }, orderBy: { id: "asc" } })).map(({ action }) => action);

/** Moves an end that has come into the past. */
const endItem = (id: string) => db.deletedItem.update({ where: { id }, data: { purgeAfter: new Date(Date.now() - 1000) } });
const endFile = (id: string) => db.mediaFile.update({ where: { id }, data: { purgeAfter: new Date(Date.now() - 1000) } });

describe("restoring", () => {
  test("brings a lesson back to its place with its files, its learners and their progress", async () => {
    const before = await rowsOf(courseId);
    const version = (await getCurriculum(admin, { courseId })).version;
    const id = await dropLesson();
    expect(await outline()).toEqual([
      ["First", ["B"]],
      ["Second", ["C", "D"]],
    ]);
    expect(await fileStates()).toEqual(["READY", "RELEASED", "RELEASED", "RELEASED"]);
    expect(await listDeletedContent(admin, { courseId })).toMatchObject([
      {
        id,
        kind: "LESSON",
        title: "A",
        deletedBy: admin.name,
        counts: { lessons: 1, learners: 1, files: 3, bytes: 3_000_000, chapter: "First" },
      },
    ]);
    expect(await restore(id)).toEqual({ title: "A", courseId, lostFiles: [], movedTo: null, newSlug: null });
    const after = await rowsOf(courseId);
    // Whoever stood behind it has moved on by one.
    expect({ ...after, lessons: after.lessons.map((row) => ({ ...row, position: 0 })) }).toEqual({
      ...before,
      lessons: before.lessons.map((row) => ({ ...row, position: 0 })),
    });
    expect(await outline()).toEqual([
      ["First", ["A", "B"]],
      ["Second", ["C", "D"]],
    ]);
    expect(await fileStates()).toEqual(["READY", "READY", "READY", "READY"]);
    expect((await getCurriculum(admin, { courseId })).version).toBe(version + 2);
    expect(await listDeletedContent(admin, { courseId })).toEqual([]);
    expect(await actions()).toEqual(["lesson.deleted", "lesson.undeleted"]);
  });

  test("brings a chapter and a whole course back as they were", async () => {
    const before = await rowsOf(courseId);
    const { deleted } = await deleteChapter(admin, { courseId, chapterId: built.chapters[0].id });
    expect(await outline()).toEqual([["Second", ["C", "D"]]]);
    await restore(deleted.deletedItemId);
    expect(await outline()).toEqual([
      ["First", ["A", "B"]],
      ["Second", ["C", "D"]],
    ]);
    const id = await dropCourse();
    expect(await rowsOf(courseId)).toMatchObject({ course: null, chapters: [], lessons: [], enrolments: [], progress: [], events: [] });
    expect(await fileStates()).toEqual(["RELEASED", "RELEASED", "RELEASED", "RELEASED"]);
    expect(await listDeletedCourses(admin)).toMatchObject([{ id, counts: { lessons: 4, learners: 1, files: 4 } }]);
    expect(await restore(id)).toMatchObject({ newSlug: null, lostFiles: [] });
    const after = await rowsOf(courseId);
    const anywhere = <T extends { chapters: object[] }>(rows: T) => ({
      ...rows,
      chapters: rows.chapters.map((row) => ({ ...row, position: 0 })),
    });
    expect(anywhere(after)).toEqual(anywhere(before));
    expect(await fileStates()).toEqual(["READY", "READY", "READY", "READY"]);
    expect(await actions()).toEqual(["chapter.deleted", "chapter.undeleted", "course.deleted", "course.undeleted"]);
  });

  test("leaves out a file that was deleted for good meanwhile, names it, and does not mind an editor or learner who is gone", async () => {
    const { video, sheet, poster } = built.files;
    const editor = await createUser();
    await db.lesson.update({ where: { id: built.lesson.id }, data: { editedById: editor.id } });
    const id = await dropLesson();
    for (const file of [video, sheet]) {
      await endFile(file.id);
      await purgeFile(system, { organizationId: organization.id, mediaFileId: file.id });
    }
    await db.user.deleteMany({ where: { id: { in: [editor.id, built.learner.id] } } });
    expect((await restore(id)).lostFiles).toEqual(["intro.mp4", "sheet.pdf"]);
    expect(await getLesson(admin, lessonKey())).toMatchObject({ video: null, poster: { id: poster.id }, attachments: [], editedBy: null });
    expect(await db.lessonProgress.count({ where: { lessonId: built.lesson.id } })).toBe(0);
  });

  test("leaves a lesson its file whose object was missing before: it may be found again", async () => {
    await db.mediaFile.update({ where: { id: built.files.sheet.id }, data: { state: "MISSING" } });
    const { attachments } = await rowsOf(courseId);
    expect(await restore(await dropLesson())).toMatchObject({ lostFiles: [] });
    expect((await rowsOf(courseId)).attachments).toEqual(attachments);
    expect(await stateOf(built.files.sheet.id)).toBe("MISSING");
  });

  test("finds another chapter for a lesson whose own is gone, and makes one where there is none", async () => {
    const first = await dropLesson();
    await deleteChapter(admin, { courseId, chapterId: built.chapters[0].id });
    expect((await restore(first)).movedTo).toBe("Second");
    expect(await outline()).toEqual([["Second", ["C", "D", "A"]]]);
    const again = await dropLesson();
    await deleteChapter(admin, { courseId, chapterId: built.chapters[1].id });
    expect((await restore(again)).movedTo).toBe("Second");
    expect(await outline()).toEqual([["Second", ["A"]]]);
  });

  test("gives a course the next free address when its own was taken", async () => {
    const id = await dropCourse();
    await createDraft(admin, { title: "Another", slug: built.course.slug });
    await createDraft(admin, { title: "A third", slug: `${built.course.slug}-2` });
    expect((await restore(id)).newSlug).toBe(`${built.course.slug}-3`);
    expect((await rowsOf(courseId)).course?.slug).toBe(`${built.course.slug}-3`);
  });

  test("of a lesson waits until its course is back", async () => {
    const lesson = await dropLesson();
    const course = await dropCourse();
    await expect(restore(lesson)).rejects.toMatchObject({
      code: "REJECTED",
      message: expect.stringContaining("Restore the course first") as string,
    });
    await restore(course);
    await restore(lesson);
    expect(await outline()).toEqual([
      ["First", ["A", "B"]],
      ["Second", ["C", "D"]],
    ]);
    expect(await db.lessonProgress.count({ where: { lessonId: built.lesson.id } })).toBe(1);
  });

  test("takes rows that were kept before a column was added, or dropped", async () => {
    const id = await dropLesson();
    // A lesson of an older schema: it knew no version, and a column that is gone.
    await db.$executeRaw`UPDATE "DeletedRow" SET "row" = ("row" - 'version' - 'createdAt') || '{"retired": true}' WHERE "deletedItemId" = ${id} AND "table" = 'Lesson'`;
    await restore(id);
    const lesson = await db.lesson.findUniqueOrThrow({ where: { id: built.lesson.id } });
    expect(lesson).toMatchObject({ title: "A", version: 1 });
    expect(lesson.createdAt.getTime()).toBeGreaterThan(Date.now() - HOUR);
  });

  test("is refused when the course would have too many chapters", async () => {
    const { deleted } = await deleteChapter(admin, { courseId, chapterId: built.chapters[1].id });
    const row = (position: number) => ({ organizationId: organization.id, courseId, title: `Chapter ${position}`, position });
    await db.chapter.createMany({ data: Array.from({ length: 99 }, (_, index) => row(index + 1)) });
    await expect(restore(deleted.deletedItemId)).rejects.toMatchObject({ code: "REJECTED" });
    expect(await listDeletedContent(admin, { courseId })).toHaveLength(1);
  });
});

describe("at the same moment", () => {
  test("of two restorations one does it, and the other is told so", async () => {
    for (const drop of [dropLesson, dropCourse]) {
      const id = await drop();
      const results = await Promise.allSettled([restore(id), restore(id)]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "NOT_FOUND" } });
    }
    expect((await rowsOf(courseId)).lessons).toHaveLength(4);
  });

  test("of a deletion and a save both leave a lesson that can be restored whole", async () => {
    for (let round = 0; round < 4; round += 1) {
      const { version } = await getLesson(admin, lessonKey());
      const { video, poster, sheet } = built.files;
      const form = {
        ...lessonKey(),
        version,
        title: "A",
        body: null,
        videoId: round % 2 ? video.id : null,
        posterId: poster.id,
        attachmentIds: [sheet.id],
      };
      const [saved, dropped] = await Promise.allSettled([saveLesson(admin, form), dropLesson()]);
      if (dropped.status === "rejected") throw dropped.reason;
      expect((await restore(dropped.value)).lostFiles).toEqual([]);
      const lesson = await getLesson(admin, lessonKey());
      if (saved.status === "fulfilled") expect(lesson.video?.id ?? null).toBe(form.videoId);
      for (const file of [lesson.video, lesson.poster, ...lesson.attachments]) if (file) expect(await stateOf(file.id)).toBe("READY");
    }
  });

  test("of a restoration and the purges of its files no file is referred to that is gone", async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await dropLesson();
      const { video } = built.files;
      await db.mediaFile.update({ where: { id: video.id }, data: { purgeAfter: new Date(Date.now() + 5) } });
      const purging = async () => {
        while ((await stateOf(video.id)) === "RELEASED")
          await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id });
      };
      const [report] = await Promise.all([restore(id), purging()]);
      const lesson = await getLesson(admin, lessonKey());
      expect(await stateOf(video.id)).toBe(lesson.video ? "READY" : "PURGED");
      expect(report.lostFiles).toEqual(lesson.video ? [] : ["intro.mp4"]);
      if (!lesson.video) break;
    }
  });
});

describe("the end of the time", () => {
  test("comes by a job that was enqueued with the deletion, and the item is gone then", async () => {
    await (await getQueue()).deleteAllJobs();
    const id = await dropLesson();
    await expect(purgeDeletedItem(system, { organizationId: organization.id, deletedItemId: id })).resolves.toBe(false);
    await endItem(id);
    await expect(restore(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = 'deleted-content-purge' AND data->>'deletedItemId' = ${id}`;
    await drainJobs(new Date(Date.now() + 20_000));
    expect(await db.deletedItem.count({ where: { id } })).toBe(0);
    expect(await db.deletedRow.count({ where: { deletedItemId: id } })).toBe(0);
    expect(await actions()).toEqual(["lesson.deleted", "deleted-content.purged"]);
  });

  test("is found by the clean-up when its job was lost", async () => {
    const id = await dropCourse();
    await db.deletedItem.update({ where: { id }, data: { purgeAfter: new Date(Date.now() - DAY) } });
    expect(await cleanupStorage(system)).toMatchObject({ forgotten: 1 });
    expect(await db.deletedItem.count({ where: { id } })).toBe(0);
  });
});

describe("who may restore", () => {
  test("a course: whoever may delete one; lessons: authors; and nobody of another tenant", async () => {
    const author = await createMember(organization, "instructor");
    const learner = await createMember(organization, "learner");
    const stranger = await createMember(await createOrganization(), "owner");
    const lesson = await dropLesson();
    await expect(restore(lesson, learner)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(restore(lesson, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listDeletedContent(stranger, { courseId })).toEqual([]);
    await restore(lesson, author);
    const course = await dropCourse();
    await expect(restore(course, author)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(restore(course, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listDeletedCourses(stranger)).toEqual([]);
    await restore(course);
    await addChapter(author, { courseId, title: "Third" });
  });
});
