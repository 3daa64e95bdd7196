import { Client } from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { listEmptyings, restoreDeleted } from "@/lib/services/deleted-content-service";
import { getLesson, saveLesson } from "@/lib/services/lesson-service";
import { emptyStorage, getEmptyingSum, refillStorage } from "@/lib/services/storage-emptying-service";
import { purgeFile } from "@/lib/services/storage-service";
import { listStorageFiles } from "@/lib/services/storage-usage-service";
import { createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { databaseUrl } from "../../support/local-stack";
import { createManyFiles } from "../../support/many-files";
import { storageOf } from "../../support/uploads";
import { buildCourse, rowsOf, stateOf } from "./built-course";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let built: Awaited<ReturnType<typeof buildCourse>>;
let logoId: string;

beforeEach(async () => {
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
  built = await buildCourse(organization);
  logoId = (await createMediaFile(organization, { kind: "AVATAR" })).id;
  await createMediaFile(organization, { kind: "AVATAR", parentId: logoId, bytes: 500n });
  await db.organization.update({ where: { id: organization.id }, data: { logoId } });
});

const empty = (name = organization.name) => emptyStorage(owner, { name });
const refill = (deletedItemId: string, actor = owner) => refillStorage(actor, { deletedItemId });
const fileIds = () => [...Object.values(built.files).map(({ id }) => id), logoId];
const states = async () => new Set(await Promise.all(fileIds().map(stateOf)));
const lessonKey = () => ({ courseId: built.course.id, lessonId: built.lesson.id });
const anyVersion = (rows: Awaited<ReturnType<typeof rowsOf>>) => ({
  ...rows,
  course: rows.course && { ...rows.course, version: 0, editedAt: null, editedById: null },
  lessons: rows.lessons.map((row) => ({ ...row, version: 0, editedAt: null, editedById: null })),
});

describe("deleting all files", () => {
  test("cuts every reference, releases the files, leaves uploads under way and texts, and can be taken back whole", async () => {
    const before = await rowsOf(built.course.id);
    const usage = await storageOf(organization.id);
    const pending = await createMediaFile(organization, { state: "PENDING", bytes: 0n });
    const unsaved = await createMediaFile(organization);
    expect(await getEmptyingSum(owner)).toEqual({ files: 6, bytes: 6_000_500 });

    const receipt = await empty();

    expect(receipt).toMatchObject({ files: 6, bytes: 6_000_500 });
    expect(await states()).toEqual(new Set(["RELEASED"]));
    expect([await stateOf(pending.id), await stateOf(unsaved.id)]).toEqual(["PENDING", "RELEASED"]);
    expect(await storageOf(organization.id)).toMatchObject({ used: usage.used + 1_000_000 });
    expect(await getLesson(owner, lessonKey())).toMatchObject({
      video: null,
      poster: null,
      attachments: [],
      body: before.lessons[0]?.body,
    });
    expect(await db.organization.findUniqueOrThrow({ where: { id: organization.id } })).toMatchObject({ logoId: null });
    const jobs = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM pgboss.job WHERE name = 'storage-purge' AND data->>'organizationId' = ${organization.id}`;
    expect(jobs).toEqual([{ count: 6 }]);
    expect(await listEmptyings(owner)).toMatchObject([
      { id: receipt.deletedItemId, kind: "FILES", deletedBy: owner.name, counts: { files: 6 } },
    ]);

    expect(await refill(receipt.deletedItemId)).toEqual({ restored: 5, left: 0 });

    expect(anyVersion(await rowsOf(built.course.id))).toEqual({
      ...anyVersion(before),
      attachments: before.attachments,
    });
    expect(await states()).toEqual(new Set(["READY"]));
    expect((await db.organization.findUniqueOrThrow({ where: { id: organization.id } })).logoId).toBe(logoId);
    expect(await listEmptyings(owner)).toEqual([]);
    const audits = await db.auditEvent.findMany({ where: { organizationId: organization.id }, orderBy: { id: "asc" } });
    expect(audits.map(({ action }) => action)).toEqual(["storage.emptied", "storage.refilled"]);
  });

  test("a place that has another file by now, or is gone, is left alone and counted", async () => {
    const { deletedItemId } = await empty();
    const other = await createMediaFile(organization);
    const { version } = await getLesson(owner, lessonKey());
    await saveLesson(owner, { ...lessonKey(), version, title: "A", body: null, videoId: other.id, posterId: null, attachmentIds: [] });
    await db.mediaFile.update({ where: { id: built.files.sheet.id }, data: { purgeAfter: new Date(Date.now() - 1000) } });
    await purgeFile(system, { organizationId: organization.id, mediaFileId: built.files.sheet.id });
    await db.course.update({
      where: { id: built.course.id },
      data: { thumbnailId: (await createMediaFile(organization, { kind: "THUMBNAIL" })).id },
    });
    expect(await refill(deletedItemId)).toEqual({ restored: 2, left: 3 });
    expect(await getLesson(owner, lessonKey())).toMatchObject({
      video: { id: other.id },
      poster: { id: built.files.poster.id },
      attachments: [],
    });
    expect(await stateOf(built.files.video.id)).toBe("RELEASED");
    expect(await stateOf(built.files.thumbnail.id)).toBe("RELEASED");
  });

  test("a form that was opened before can't bring a file back by being saved", async () => {
    const { version } = await getLesson(owner, lessonKey());
    await empty();
    const stale = { ...lessonKey(), version, title: "A", body: null, videoId: built.files.video.id, posterId: null, attachmentIds: [] };
    await expect(saveLesson(owner, stale)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await stateOf(built.files.video.id)).toBe("RELEASED");
  });

  test("shows in the list of leaving files where each was used", async () => {
    await empty();
    const { items } = await listStorageFiles(owner, { view: "released", page: 1 });
    const places = Object.fromEntries(items.map(({ id, lastUse }) => [id, lastUse?.place]));
    const { thumbnail, ...inLesson } = built.files;
    expect(places).toEqual({
      [thumbnail.id]: "course",
      [logoId]: "logo",
      ...Object.fromEntries(Object.values(inLesson).map(({ id }) => [id, "lesson"])),
    });
  });

  test("of two that take it back one does, and nothing of it is anybody else's", async () => {
    const { deletedItemId } = await empty();
    const admin = await createMember(organization, "admin");
    const stranger = await createMember(await createOrganization(), "owner");
    await expect(refill(deletedItemId, admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(refill(deletedItemId, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(restoreDeleted(owner, { deletedItemId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(emptyStorage(admin, { name: organization.name })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const results = await Promise.allSettled([refill(deletedItemId), refill(deletedItemId)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await states()).toEqual(new Set(["READY"]));
  });

  test("asks for the organization's name", async () => {
    await expect(empty("Another")).rejects.toMatchObject({ fieldErrors: { name: [expect.any(String)] } });
    expect(await states()).toEqual(new Set(["READY"]));
  });

  test("meets saves at the same moment: whatever a lesson refers to afterwards is there", async () => {
    for (let round = 0; round < 4; round += 1) {
      const { version } = await getLesson(owner, lessonKey());
      const next = await createMediaFile(organization);
      const save = saveLesson(owner, {
        ...lessonKey(),
        version,
        title: "A",
        body: null,
        videoId: next.id,
        posterId: null,
        attachmentIds: [],
      });
      await Promise.allSettled(round % 2 ? [empty(), save] : [save, empty()]);
      const { video } = await getLesson(owner, lessonKey());
      if (video) expect(await stateOf(video.id)).toBe("READY");
    }
  });
});

test("10,000 files go with a few statements, and come back", async () => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await createManyFiles((sql, values) => client.query(sql, values), organization.id, { courses: 100, files: 10_000 });
  await client.end();
  const { deletedItemId, files } = await empty();
  expect(files).toBe(10_005);
  expect(await refill(deletedItemId)).toEqual({ restored: 1005, left: 0 });
});
