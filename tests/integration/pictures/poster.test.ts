import { beforeEach, describe, expect, test } from "vitest";
import { DAY } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { deleteChapter } from "@/lib/services/chapter-service";
import { deleteCourse } from "@/lib/services/course-service";
import { findLesson } from "@/lib/services/learner-course-service";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { deleteLesson, getLesson, saveLesson } from "@/lib/services/lesson-service";
import {
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createMember,
  createOrganization,
  system,
} from "../../support/factories";
import { lastAudit, stateOf } from "../authoring/course-form";
import { finishedPicture } from "./picture";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

const poster = () => createMediaFile(organization, { kind: "POSTER", fileName: "frame.webp" });

async function lessonWith(posterId: string | null) {
  const course = await createCourse(organization, { status: "DRAFT" });
  const lesson = await createLesson(course, { title: "Lesson", posterId });
  const key = { courseId: course.id, lessonId: lesson.id };
  return { course, lesson, key, form: { ...key, version: 1, title: "Lesson", body: null, videoId: null, posterId, attachmentIds: [] } };
}

describe("a lesson's poster", () => {
  test("is kept, replaced and removed by saving, with what is let go of released and written down", async () => {
    const [old, next] = [await poster(), await poster()];
    const { key, form } = await lessonWith(null);
    expect(await saveLesson(author, { ...form, posterId: old.id })).toMatchObject({ poster: { id: old.id, kind: "POSTER" } });
    expect(await saveLesson(author, { ...form, version: 2, posterId: next.id })).toMatchObject({ poster: { id: next.id } });
    expect(await stateOf(old.id)).toBe("RELEASED");
    expect(await lastAudit(key.lessonId)).toMatchObject({ before: { posterId: old.id }, after: { posterId: next.id } });
    expect(await saveLesson(author, { ...form, version: 3 })).toMatchObject({ poster: null });
    expect(await getLesson(author, key)).toMatchObject({ poster: null, version: 4 });
    expect([await stateOf(old.id), await stateOf(next.id)]).toEqual(["RELEASED", "RELEASED"]);
  });

  test("is only a finished picture of this tenant that was uploaded as one", async () => {
    const { key, form } = await lessonWith(null);
    const foreign = await createMediaFile(await createOrganization(), { kind: "POSTER" });
    const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL" });
    const pending = await createMediaFile(organization, { kind: "POSTER", state: "PENDING" });
    for (const { id: posterId } of [foreign, thumbnail, pending]) {
      await expect(saveLesson(author, { ...form, title: "Not saved", posterId })).rejects.toMatchObject({
        fieldErrors: { posterId: [expect.any(String)] },
      });
    }
    expect(await getLesson(author, key)).toMatchObject({ title: "Lesson", version: 1, poster: null });
  });

  test("goes with its lesson, its chapter or its course", async () => {
    const [first, second, third] = [await poster(), await poster(), await poster()];
    await deleteLesson(author, (await lessonWith(first.id)).key);
    const { lesson, course } = await lessonWith(second.id);
    await deleteChapter(author, { courseId: course.id, chapterId: lesson.chapterId });
    const owner = await createMember(organization, "owner");
    const last = await lessonWith(third.id);
    await deleteCourse(owner, { courseId: last.course.id, title: last.course.title });
    for (const { id } of [first, second, third]) expect(await stateOf(id)).toBe("RELEASED");
  });
});

describe("a picture that something shows", () => {
  test("is kept by the clean-up, and by letting go of it somewhere else", async () => {
    const readyAt = new Date(Date.now() - 2 * DAY);
    const [shared, logo, forgotten] = [
      await createMediaFile(organization, { kind: "POSTER", readyAt }),
      await createMediaFile(organization, { kind: "AVATAR", readyAt }),
      await createMediaFile(organization, { kind: "POSTER", readyAt }),
    ];
    const { key } = await lessonWith(shared.id);
    await lessonWith(shared.id);
    await db.organization.update({ where: { id: organization.id }, data: { logoId: logo.id } });
    await deleteLesson(author, key);
    await cleanupStorage(system);
    expect(await Promise.all([shared, logo, forgotten].map(({ id }) => stateOf(id)))).toEqual(["READY", "READY", "RELEASED"]);
  });
});

describe("what stands in the player", () => {
  async function opened(data: { posterId?: string; thumbnailId?: string }) {
    const { posterId = null, thumbnailId = null } = data;
    const course = await createCourse(organization, { thumbnailId });
    const lesson = await createLesson(course, { posterId });
    const learner = await createMember(organization, "learner");
    await createEnrolment(course, learner.userId);
    return (await findLesson(learner, { courseSlug: course.slug, lessonId: lesson.id }))?.poster ?? null;
  }

  test("is the lesson's own poster: private, in its largest size, by a signed address", async () => {
    const { id } = await finishedPicture(author, "POSTER", 800, 450);
    const { id: thumbnailId } = await finishedPicture(author, "THUMBNAIL");
    const url = await opened({ posterId: id, thumbnailId });
    const answer = await fetch(url ?? "");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(url).toContain(`${id}-w800.webp`);
    expect((await fetch(url?.split("?")[0] ?? "")).status).toBe(403);
  });

  test("is the course's thumbnail without one, and nothing without that", async () => {
    const { id: thumbnailId } = await finishedPicture(author, "THUMBNAIL");
    const url = await opened({ thumbnailId });
    expect(url).toMatch(/\/public\/thumbnail\/[^?]+-w800\.webp$/);
    expect((await fetch(url ?? "")).status).toBe(200);
    expect(await opened({})).toBeNull();
  });

  test("is a poster's original while there are no sizes of it", async () => {
    const { id, fileKey } = await poster();
    expect(await db.mediaFile.count({ where: { parentId: id } })).toBe(0);
    expect(await opened({ posterId: id })).toContain(fileKey.split("/").at(-1));
  });
});
