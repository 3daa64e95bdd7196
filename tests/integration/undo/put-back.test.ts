import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { getCourse, saveCourse } from "@/lib/services/course-service";
import { deleteLesson, getLesson, saveLesson } from "@/lib/services/lesson-service";
import { getOrganizationSettings, updateOrganization } from "@/lib/services/organization-service";
import { purgeFile } from "@/lib/services/storage-service";
import { listStorageFiles } from "@/lib/services/storage-usage-service";
import { createLesson, createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { buildCourse, stateOf } from "./built-course";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let built: Awaited<ReturnType<typeof buildCourse>>;

beforeEach(async () => {
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
  built = await buildCourse(organization);
});

const key = () => ({ courseId: built.course.id, lessonId: built.lesson.id });

/** Saves the lesson as it is, with these changes. */
async function save(change: { videoId?: string | null; posterId?: string | null; attachmentIds?: string[] }, lessonId = built.lesson.id) {
  const lesson = await getLesson(owner, { ...key(), lessonId });
  const { version, title, body, video, poster, attachments } = lesson;
  const files = { videoId: video?.id ?? null, posterId: poster?.id ?? null, attachmentIds: attachments.map(({ id }) => id) };
  return saveLesson(owner, { ...key(), lessonId, version, title, body, ...files, ...change });
}
const ids = (files: readonly { id: string }[]) => files.map(({ id }) => id);

describe("what was removed from a lesson", () => {
  test("is offered there, with the end of its time, until it is back", async () => {
    const { video, poster, sheet } = built.files;
    const next = await createMediaFile(organization);
    const { removed } = await save({ videoId: next.id, posterId: null, attachmentIds: [] });
    expect(ids(removed).toSorted()).toEqual([video.id, poster.id, sheet.id].toSorted());
    const kept = (await db.mediaFile.findUniqueOrThrow({ where: { id: video.id } })).purgeAfter;
    expect(removed.find(({ id }) => id === video.id)).toMatchObject({
      fileName: "intro.mp4",
      keptUntil: kept,
      url: expect.any(String) as string,
    });
    const back = await save({ videoId: video.id, attachmentIds: [sheet.id] });
    expect(back).toMatchObject({ video: { id: video.id }, attachments: [{ id: sheet.id }] });
    expect(ids(back.removed).toSorted()).toEqual([next.id, poster.id].toSorted());
    expect(await Promise.all([video, sheet, next, poster].map(({ id }) => stateOf(id)))).toEqual([
      "READY",
      "READY",
      "RELEASED",
      "RELEASED",
    ]);
  });

  test("can be put back by one of two tabs; the other is told that the lesson was saved", async () => {
    const { video } = built.files;
    const { version, title, body } = await save({ videoId: null, posterId: null, attachmentIds: [] });
    const form = { ...key(), version, title, body, videoId: video.id, posterId: null, attachmentIds: [] };
    const results = await Promise.allSettled([saveLesson(owner, form), saveLesson(owner, form)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
  });

  test("can be put into a second lesson as well: the file then stays for both", async () => {
    const { video } = built.files;
    const other = await createLesson(built.course, { chapterId: built.chapters[1].id });
    await save({ videoId: null });
    await save({ videoId: video.id }, other.id);
    expect((await getLesson(owner, key())).removed).toEqual([]);
    await save({ videoId: video.id });
    await deleteLesson(owner, { ...key(), lessonId: other.id });
    expect(await stateOf(video.id)).toBe("READY");
  });

  test("is not offered once its time is over, and a form that still shows it is told at its field", async () => {
    const { video } = built.files;
    await save({ videoId: null });
    await db.mediaFile.update({ where: { id: video.id }, data: { purgeAfter: new Date(Date.now() - 1000) } });
    expect((await getLesson(owner, key())).removed).toEqual([]);
    const gone = { code: "INVALID_INPUT", fieldErrors: { videoId: ["This file has been deleted. Upload it again."] } };
    await expect(save({ videoId: video.id })).rejects.toMatchObject(gone);
    await purgeFile(system, { organizationId: organization.id, mediaFileId: video.id });
    await expect(save({ videoId: video.id })).rejects.toMatchObject(gone);
  });

  test("is no other tenant's to see or take", async () => {
    const stranger = await createOrganization();
    const theirs = await buildCourse(stranger);
    const thief = await createMember(stranger, "owner");
    await save({ videoId: null });
    const { version, title } = await getLesson(thief, { courseId: theirs.course.id, lessonId: theirs.lesson.id });
    const form = { courseId: theirs.course.id, lessonId: theirs.lesson.id, version, title, body: null, posterId: null, attachmentIds: [] };
    await expect(saveLesson(thief, { ...form, videoId: built.files.video.id })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect((await listStorageFiles(thief, { view: "released", page: 1 })).items).toEqual([]);
  });
});

test("thumbnails and logos come back the same way, and the list of leaving files says where each belongs", async () => {
  const { course, lesson, files } = built;
  const details = await getCourse(owner, { courseId: course.id });
  const { title, slug, summary, description, level, category, version } = details;
  const form = { courseId: course.id, title, slug, summary, description, level, category };
  const saved = await saveCourse(owner, { ...form, version, thumbnailId: null });
  expect(ids(saved.removed)).toEqual([files.thumbnail.id]);
  const logo = await createMediaFile(organization, { kind: "AVATAR" });
  const settings = { name: organization.name, accentColor: null };
  await updateOrganization(owner, { ...settings, logoId: logo.id });
  await updateOrganization(owner, { ...settings, logoId: null });
  expect(ids((await getOrganizationSettings(owner)).removed)).toEqual([logo.id]);
  await save({ videoId: null });
  const uses = async () =>
    Object.fromEntries((await listStorageFiles(owner, { view: "released", page: 1 })).items.map(({ id, lastUse }) => [id, lastUse]));
  expect(await uses()).toEqual({
    [files.thumbnail.id]: { place: "course", label: course.title, courseId: course.id, lessonId: null },
    [logo.id]: { place: "logo", label: "Logo", courseId: null, lessonId: null },
    [files.video.id]: { place: "lesson", label: `${course.title}: A`, courseId: course.id, lessonId: lesson.id },
  });
  await deleteLesson(owner, key());
  expect((await uses())[files.video.id]).toMatchObject({ place: "deleted-lesson", courseId: course.id });
  await saveCourse(owner, { ...form, version: saved.version, thumbnailId: files.thumbnail.id });
  await updateOrganization(owner, { ...settings, logoId: logo.id });
  expect(await Promise.all([files.thumbnail.id, logo.id].map(stateOf))).toEqual(["READY", "READY"]);
});
