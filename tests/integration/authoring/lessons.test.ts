import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/policies/actor";
import { deleteLesson, getLesson, getLessonPlace, renameLesson, saveLesson } from "@/lib/services/lesson-service";
import { createChapter, createCourse, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";
import { stateOf, text } from "./course-form";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeAll(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

/** A lesson, and what its form would send back without a change. */
async function openLesson(data: { videoId?: string; posterId?: string } = {}) {
  const course = await createCourse(organization);
  const lesson = await createLesson(course, { title: "Lesson", ...data });
  const key = { courseId: course.id, lessonId: lesson.id };
  const { videoId = null, posterId = null } = data;
  const form = { ...key, version: 1, title: "Lesson", body: null, videoId, posterId, attachmentIds: [] as string[] };
  return { key, form };
}
const attachment = () => createMediaFile(organization, { kind: "ATTACHMENT", fileName: "checklist.pdf" });

describe("saving a lesson", () => {
  it("keeps title, text, video and attachments in their order, and raises the version", async () => {
    const { key, form } = await openLesson();
    const [video, first, second] = await Promise.all([createMediaFile(organization), attachment(), attachment()]);
    const saved = await saveLesson(author, {
      ...form,
      title: "A tour",
      body: text("Words"),
      videoId: video.id,
      attachmentIds: [second.id, first.id],
    });
    expect(saved).toMatchObject({ title: "A tour", version: 2, body: text("Words"), editedBy: author.name });
    expect(saved.video).toMatchObject({ id: video.id, url: expect.stringContaining("X-Amz-Signature") as string });
    expect(saved.attachments.map(({ id }) => id)).toEqual([second.id, first.id]);
    const again = await getLesson(author, key);
    expect({ ...again, video: again.video?.id, attachments: again.attachments.map(({ id }) => id) }).toEqual({
      ...saved,
      video: video.id,
      attachments: [second.id, first.id],
    });
  });

  it("releases the video and the attachments that are no longer in it", async () => {
    const [old, next, kept, dropped] = await Promise.all([
      createMediaFile(organization),
      createMediaFile(organization),
      attachment(),
      attachment(),
    ]);
    const { form } = await openLesson({ videoId: old.id });
    await saveLesson(author, { ...form, attachmentIds: [kept.id, dropped.id] });
    await saveLesson(author, { ...form, version: 2, videoId: next.id, attachmentIds: [kept.id] });
    expect(await Promise.all([old, next, kept, dropped].map(({ id }) => stateOf(id)))).toEqual(["RELEASED", "READY", "READY", "RELEASED"]);
  });

  it("takes a released video back while it can be undone", async () => {
    const video = await createMediaFile(organization);
    const { form } = await openLesson({ videoId: video.id });
    await saveLesson(author, { ...form, videoId: null });
    expect(await stateOf(video.id)).toBe("RELEASED");
    await saveLesson(author, { ...form, version: 2, videoId: video.id });
    expect(await stateOf(video.id)).toBe("READY");
  });

  it("takes only finished files of this tenant and of the right kind, and saves nothing otherwise", async () => {
    const { key, form } = await openLesson();
    const [foreign, pending, pdf, video] = await Promise.all([
      createMediaFile(await createOrganization()),
      createMediaFile(organization, { state: "PENDING" }),
      attachment(),
      createMediaFile(organization),
    ]);
    for (const videoId of [foreign.id, pending.id, pdf.id, "00000000-0000-7000-8000-000000000000"]) {
      await expect(saveLesson(author, { ...form, title: "Not saved", videoId })).rejects.toMatchObject({
        fieldErrors: { videoId: [expect.any(String)] },
      });
    }
    await expect(saveLesson(author, { ...form, attachmentIds: [video.id] })).rejects.toMatchObject({
      fieldErrors: { attachmentIds: [expect.any(String)] },
    });
    expect(await getLesson(author, key)).toMatchObject({ title: "Lesson", version: 1, video: null, attachments: [] });
  });

  it("refuses the second of two tabs, whether the first saved or only renamed", async () => {
    const { key, form } = await openLesson();
    await saveLesson(author, { ...form, title: "From tab one" });
    await expect(saveLesson(author, { ...form, title: "From tab two" })).rejects.toMatchObject({ code: "CONFLICT" });
    await renameLesson(author, { ...key, from: "From tab one", title: "From the curriculum" });
    await expect(saveLesson(author, { ...form, version: 2, title: "From tab one" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await getLesson(author, key)).toMatchObject({ title: "From the curriculum", version: 3 });
  });

  it("leaves no file behind when one tab gives a lesson a video while another deletes the lesson", async () => {
    for (let round = 0; round < 8; round += 1) {
      const [old, next] = await Promise.all([createMediaFile(organization), createMediaFile(organization)]);
      const { key, form } = await openLesson({ videoId: old.id });
      const [saved, deleted] = await Promise.allSettled([saveLesson(author, { ...form, videoId: next.id }), deleteLesson(author, key)]);
      expect(deleted.status).toBe("fulfilled");
      expect(await stateOf(old.id)).toBe("RELEASED");
      // Refused, the new video was never the lesson's, and remains what it was: an upload that nothing refers to yet.
      expect(await stateOf(next.id)).toBe(saved.status === "fulfilled" ? "RELEASED" : "READY");
    }
  });
});

describe("where a lesson stands", () => {
  it("names its neighbours across chapters", async () => {
    const course = await createCourse(organization);
    const [a, b] = [await createChapter(course, { title: "A" }), await createChapter(course, { title: "B" })];
    const one = await createLesson(course, { chapterId: a.id, title: "1" });
    const two = await createLesson(course, { chapterId: a.id, title: "2" });
    const three = await createLesson(course, { chapterId: b.id, title: "3" });
    const place = (lessonId: string) => getLessonPlace(author, { courseId: course.id, lessonId });
    expect(await place(one.id)).toMatchObject({ chapterTitle: "A", previous: null, next: { id: two.id, title: "2" } });
    expect(await place(two.id)).toMatchObject({ previous: { id: one.id }, next: { id: three.id } });
    expect(await place(three.id)).toMatchObject({ chapterTitle: "B", previous: { id: two.id }, next: null });
  });
});

describe("who may edit a lesson", () => {
  it("refuses learners, finds nothing of another tenant, and nothing by another course", async () => {
    const { key, form } = await openLesson();
    const learner = await createMember(organization, "learner");
    const stranger = await createMember(await createOrganization(), "owner");
    const calls: ((actor: MemberActor) => Promise<unknown>)[] = [
      (actor) => getLesson(actor, key),
      (actor) => getLessonPlace(actor, key),
      (actor) => saveLesson(actor, { ...form, title: "Taken over" }),
    ];
    for (const call of calls) {
      await expect(call(learner)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(call(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    const other = await createCourse(organization);
    await expect(getLesson(author, { ...key, courseId: other.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await getLesson(author, key)).toMatchObject({ title: "Lesson", version: 1 });
  });
});
