import { beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/cron/cleanup-storage/route";
import { findObject } from "@/lib/clients/object-store";
import { getQueue } from "@/lib/clients/queue";
import { DAY, HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { callRoute } from "../../support/call-route";
import { createCourse, createLesson, createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sample, storageOf, upload } from "../../support/uploads";

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);
const stateOf = async (id: string) => (await db.mediaFile.findUniqueOrThrow({ where: { id } })).state;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

test("an upload that nobody finishes frees its bytes by its own job, without the weekly clean-up", async () => {
  await (await getQueue()).deleteAllJobs();
  const empty = await storageOf(organization.id);
  const { mediaFileId } = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
  const soon = () => new Date(Date.now() + 20_000);
  expect(await drainJobs(soon())).toEqual({ completed: 0, failed: 0 });
  expect(await stateOf(mediaFileId)).toBe("PENDING");
  await db.mediaFile.update({ where: { id: mediaFileId }, data: { reservedUntil: ago(1000) } });
  await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE data->>'mediaFileId' = ${mediaFileId}`;
  expect(await drainJobs(soon())).toEqual({ completed: 1, failed: 0 });
  expect(await stateOf(mediaFileId)).toBe("PURGED");
  expect(await storageOf(organization.id)).toEqual(empty);
});

describe("the clean-up", () => {
  test("ends uploads whose reservation ran out, deletes what arrived of them and frees their bytes", async () => {
    const empty = await storageOf(organization.id);
    const { mediaFileId, fileKey } = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    const fresh = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    await db.mediaFile.update({ where: { id: mediaFileId }, data: { reservedUntil: ago(1000) } });
    expect(await cleanupStorage(system)).toMatchObject({ expired: 1, failed: 0 });
    expect(await findObject(fileKey)).toBeNull();
    expect(await stateOf(mediaFileId)).toBe("PURGED");
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "GONE" });
    expect(await completeUpload(author, fresh)).toMatchObject({ state: "READY" });
    const { reserved } = await storageOf(organization.id);
    expect(reserved).toBe(empty.reserved);
  });

  test("purges what a lost job left, an hour after it was due", async () => {
    const lost = await createMediaFile(organization, { state: "RELEASED", purgeAfter: ago(2 * HOUR) });
    const due = await createMediaFile(organization, { state: "RELEASED", purgeAfter: ago(HOUR / 2) });
    expect(await cleanupStorage(system)).toMatchObject({ purged: 1 });
    expect([await stateOf(lost.id), await stateOf(due.id)]).toEqual(["PURGED", "RELEASED"]);
    await db.mediaFile.update({ where: { id: due.id }, data: { state: "READY", purgeAfter: null } });
  });

  test("releases finished uploads that no form ever saved, and leaves those in use and new ones", async () => {
    const readyAt = ago(2 * DAY);
    const forgotten = await createMediaFile(organization, { readyAt });
    const used = await createMediaFile(organization, { readyAt });
    await createLesson(await createCourse(organization), { videoId: used.id });
    const recent = await createMediaFile(organization);
    const logo = await createMediaFile(organization, { readyAt, kind: "AVATAR" });
    await createMediaFile(organization, { readyAt, kind: "AVATAR", parentId: logo.id });
    await db.organization.update({ where: { id: organization.id }, data: { logoId: logo.id } });
    expect(await cleanupStorage(system)).toMatchObject({ released: 1 });
    expect(await stateOf(forgotten.id)).toBe("RELEASED");
    for (const { id } of [used, recent, logo]) expect(await stateOf(id)).toBe("READY");
  });

  test("goes on after a file that can't be treated, counts it, and finds it again", async () => {
    const stuck = await createMediaFile(organization, { state: "RELEASED", purgeAfter: ago(3 * HOUR) });
    const other = await createMediaFile(organization, { state: "RELEASED", purgeAfter: ago(2 * HOUR) });
    store.onRequest = ({ operation, key }) =>
      operation === "DeleteObject" && key === stuck.fileKey ? { kind: "error", status: 403, code: "AccessDenied" } : undefined;
    expect(await cleanupStorage(system)).toMatchObject({ purged: 1, failed: 1 });
    expect([await stateOf(stuck.id), await stateOf(other.id)]).toEqual(["RELEASED", "PURGED"]);
    store.onRequest = undefined;
    expect(await cleanupStorage(system)).toMatchObject({ purged: 1, failed: 0 });
  });

  test("leaves what is too much for one run to jobs", async () => {
    const { id: organizationId } = organization;
    await (await getQueue()).deleteAllJobs();
    await db.deletedItem.createMany({
      data: Array.from({ length: 505 }, () => ({ organizationId, kind: "LESSON", title: "A", purgeAfter: ago(2 * HOUR) })),
    });
    expect(await cleanupStorage(system)).toMatchObject({ forgotten: 500, queued: 5, failed: 0 });
    expect(await drainJobs(new Date(Date.now() + 20_000))).toEqual({ completed: 5, failed: 0 });
    expect(await db.deletedItem.count({ where: { organizationId } })).toBe(0);
  });

  test("finds nothing to do the second time, also when two run at once", async () => {
    await createMediaFile(organization, { state: "RELEASED", purgeAfter: ago(2 * HOUR) });
    const runs = await Promise.all([cleanupStorage(system), cleanupStorage(system)]);
    expect(runs.reduce((sum, { purged = 0 }) => sum + purged, 0)).toBe(1);
    expect(await cleanupStorage(system)).toMatchObject({
      expired: 0,
      forgotten: 0,
      purged: 0,
      released: 0,
      restored: 0,
      failed: 0,
      queued: 0,
    });
    const { used, reserved, ledger } = await storageOf(organization.id);
    expect({ used, reserved }).toEqual(ledger);
  });
});

describe("its address", () => {
  test("is for the scheduler: no secret and a wrong one are refused, the right one runs it and leaves a row", async () => {
    for (const authorization of ["", "Bearer wrong"]) {
      expect((await callRoute(GET, { method: "GET", headers: { authorization } })).status).toBe(401);
    }
    const answer = await callRoute(GET, { method: "GET", headers: { authorization: `Bearer ${process.env.CRON_SECRET ?? ""}` } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ name: "cleanup-storage", counts: { failed: 0 } });
    expect(await db.cronRun.findFirst({ where: { name: "cleanup-storage" } })).toMatchObject({ error: null });
  });
});
