import { beforeEach, describe, expect, test } from "vitest";
import { findObject } from "@/lib/clients/object-store";
import { HOUR } from "@/lib/core/clock";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { releaseFile } from "@/lib/services/storage-release-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { createCourse, createLesson, createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sample, storageOf, upload } from "../../support/uploads";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

async function readyVideo(): Promise<string> {
  const ticket = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
  return (await completeUpload(author, ticket)).id;
}

const fileRow = (id: string) => db.mediaFile.findUniqueOrThrow({ where: { id } });
const release = (id: string) => inTransaction((tx) => releaseFile(tx, author, id));
const attach = (id: string) => inTransaction((tx) => attachFile(tx, author, id, "VIDEO"));
const purge = (id: string) => purgeFile(system, { organizationId: organization.id, mediaFileId: id });

/** The undo window is over. */
const endWindow = (id: string) => db.mediaFile.update({ where: { id }, data: { purgeAfter: new Date(Date.now() - 1000) } });

async function purgeJobs(id: string) {
  return db.$queryRaw<
    { start_after: Date }[]
  >`SELECT start_after FROM pgboss.job WHERE name = 'storage-purge' AND data->>'mediaFileId' = ${id}`;
}

describe("releasing", () => {
  test("makes a tombstone that still counts, and enqueues the purge for the end of the undo window", async () => {
    const id = await readyVideo();
    const before = await storageOf(organization.id);
    await release(id);
    const row = await fileRow(id);
    expect(row.state).toBe("RELEASED");
    expect(row.purgeAfter?.getTime()).toBeGreaterThan(Date.now() + 23 * HOUR);
    expect(await storageOf(organization.id)).toEqual(before);
    const jobs = await purgeJobs(id);
    expect(jobs).toHaveLength(1);
    expect(Math.abs((jobs[0]?.start_after.getTime() ?? 0) - (row.purgeAfter?.getTime() ?? 0))).toBeLessThan(1000);
  });

  test("leaves a file alone that any row still refers to: a lesson, a course, an attachment", async () => {
    const course = await createCourse(organization);
    const video = await createMediaFile(organization);
    await createLesson(course, { videoId: video.id });
    const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL" });
    await db.course.update({ where: { id: course.id }, data: { thumbnailId: thumbnail.id } });
    const sheet = await createMediaFile(organization, { kind: "ATTACHMENT" });
    const lesson = await createLesson(course);
    await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: sheet.id, position: 0 } });
    for (const { id } of [video, thumbnail, sheet]) {
      await release(id);
      expect((await fileRow(id)).state).toBe("READY");
    }
  });

  test("is undone with its transaction: no tombstone and no job", async () => {
    const id = await readyVideo();
    const failing = inTransaction(async (tx) => {
      await releaseFile(tx, author, id);
      throw new Error("the save failed");
    });
    await expect(failing).rejects.toThrow("the save failed");
    expect((await fileRow(id)).state).toBe("READY");
    expect(await purgeJobs(id)).toHaveLength(0);
  });

  test("does nothing to a foreign tenant's file", async () => {
    const foreign = await createMediaFile(await createOrganization());
    await release(foreign.id);
    expect((await fileRow(foreign.id)).state).toBe("READY");
  });
});

describe("attaching", () => {
  test("takes a released file back while its window lasts, and the purge then leaves it", async () => {
    const id = await readyVideo();
    await release(id);
    await attach(id);
    expect(await fileRow(id)).toMatchObject({ state: "READY", purgeAfter: null, releasedAt: null });
    expect(await purge(id)).toBe(false);
    expect(await findObject((await fileRow(id)).fileKey)).not.toBeNull();
  });

  test("refuses a file of another tenant, another kind, unfinished, deleted or out of its window, at the field", async () => {
    const foreign = await createMediaFile(await createOrganization());
    const image = await createMediaFile(organization, { kind: "THUMBNAIL" });
    const pending = await createMediaFile(organization, { state: "PENDING" });
    const purged = await createMediaFile(organization, { state: "PURGED" });
    const late = await createMediaFile(organization, { state: "RELEASED", purgeAfter: new Date(Date.now() - 1000) });
    for (const { id } of [foreign, image, pending, purged, late, { id: "00000000-0000-0000-0000-000000000000" }]) {
      const error: unknown = await attach(id).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "INVALID_INPUT" });
      expect(Object.keys((error as { fieldErrors: object }).fieldErrors)).toEqual(["videoId"]);
    }
  });
});

describe("purging", () => {
  test("deletes the object, gives the bytes back and is written down; a second run changes nothing", async () => {
    const empty = await storageOf(organization.id);
    const id = await readyVideo();
    await release(id);
    await endWindow(id);
    expect(await purge(id)).toBe(true);
    const row = await fileRow(id);
    expect(row).toMatchObject({ state: "PURGED", stateReason: "RELEASED" });
    expect(await findObject(row.fileKey)).toBeNull();
    expect(await storageOf(organization.id)).toEqual(empty);
    expect(await purge(id)).toBe(false);
    expect(await storageOf(organization.id)).toEqual(empty);
    const audits = await db.auditEvent.findMany({ where: { subjectId: id } });
    expect(audits).toMatchObject([{ action: "media.purged", organizationId: organization.id, actorLabel: "test", actorId: null }]);
  });

  test("waits for the end of the undo window, whatever woke it", async () => {
    const id = await readyVideo();
    await release(id);
    expect(await purge(id)).toBe(false);
    expect((await fileRow(id)).state).toBe("RELEASED");
  });

  test("keeps a file that was referred to again without being attached", async () => {
    const id = await readyVideo();
    await release(id);
    await endWindow(id);
    await createLesson(await createCourse(organization), { videoId: id });
    expect(await purge(id)).toBe(false);
    expect(await fileRow(id)).toMatchObject({ state: "READY" });
  });

  test("changes nothing while the object can't be deleted, and succeeds later", async () => {
    const id = await readyVideo();
    await release(id);
    await endWindow(id);
    store.onRequest = ({ operation }) => (operation === "DeleteObject" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined);
    await expect(purge(id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await fileRow(id)).state).toBe("RELEASED");
    store.onRequest = undefined;
    expect(await purge(id)).toBe(true);
  });

  test("does not reach into another tenant", async () => {
    const other = await createOrganization();
    const foreign = await createMediaFile(other, { state: "RELEASED", purgeAfter: new Date(Date.now() - 1000) });
    expect(await purge(foreign.id)).toBe(false);
    expect((await fileRow(foreign.id)).state).toBe("RELEASED");
  });

  test("of a purge and a save that attaches the same file at the same moment one wins, and a purged file is never referred to", async () => {
    const course = await createCourse(organization);
    const outcomes = { attached: 0, purged: 0 };
    for (let round = 0; round < 12; round += 1) {
      const id = await readyVideo();
      await release(id);
      const lesson = await createLesson(course);
      // Taking it back is allowed until the database's clock passes this moment; the purge is from then on.
      await db.mediaFile.update({ where: { id }, data: { purgeAfter: new Date(Date.now() + 15) } });
      const save = inTransaction(async (tx) => {
        await attachFile(tx, author, id, "VIDEO");
        await tx.lesson.update({ where: { id: lesson.id }, data: { videoId: id } });
      });
      const purging = (async () => {
        while (!(await purge(id)) && (await fileRow(id)).state === "RELEASED");
      })();
      await Promise.allSettled([round % 2 ? save : purging, round % 2 ? purging : save]);
      const row = await fileRow(id);
      const { videoId } = await db.lesson.findUniqueOrThrow({ where: { id: lesson.id } });
      if (row.state === "PURGED") {
        outcomes.purged += 1;
        expect(videoId).toBeNull();
      } else {
        outcomes.attached += 1;
        expect(row.state).toBe("READY");
        expect(videoId).toBe(id);
        expect(await findObject(row.fileKey)).not.toBeNull();
      }
    }
    expect(outcomes.attached + outcomes.purged).toBe(12);
    const { used, reserved, ledger } = await storageOf(organization.id);
    expect({ used, reserved }).toEqual(ledger);
  });

  test("a save that refers to the file before it attaches it meets the purge without a deadlock", async () => {
    const id = await readyVideo();
    await release(id);
    await endWindow(id);
    const lesson = await createLesson(await createCourse(organization));
    const save = inTransaction(async (tx) => {
      await tx.lesson.update({ where: { id: lesson.id }, data: { videoId: id } });
      await attachFile(tx, author, id, "VIDEO");
    });
    const [saved, purged] = await Promise.allSettled([save, purge(id)]);
    expect(saved).toMatchObject({ status: "rejected", reason: { code: "INVALID_INPUT" } });
    expect(purged.status).toBe("fulfilled");
    expect((await db.lesson.findUniqueOrThrow({ where: { id: lesson.id } })).videoId).toBeNull();
  });
});
