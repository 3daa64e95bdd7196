import { beforeEach, describe, expect, test, vi } from "vitest";
import { GET as cleanup } from "@/app/api/cron/cleanup-storage/route";
import { GET as csv } from "@/app/platform/admin/storage/[id]/csv/route";
import { bucketName, listBegunUploads, listObjects } from "@/lib/clients/bucket";
import { createMultipartUpload } from "@/lib/clients/multipart-store";
import { findObject } from "@/lib/clients/object-store";
import { DAY, HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { PlatformActor } from "@/lib/policies/actor";
import { S3 } from "@/lib/S3Client";
import { listTrash, restoreTrash, restoreTrashedObject } from "@/lib/services/storage-restore-service";
import { purgeFile } from "@/lib/services/storage-service";
import { purgeTrash as emptyTrash } from "@/lib/services/storage-trash-service";
import { callRoute, signIn } from "../../support/call-route";
import { createMediaFile, createOrganization, createPlatformActor, system } from "../../support/factories";
import { mailsTo, store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, storedFile, sweep } from "./sweep-steps";

vi.mock("next/headers", () => import("../../support/next-headers"));

let organization: Awaited<ReturnType<typeof createOrganization>>;
let staff: PlatformActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  await fillWith(organization);
  staff = await createPlatformActor();
});

const purgeTrash = () => emptyTrash({ beat: () => Promise.resolve() });

/** An orphan that a sweep has put into the trash. */
async function trashOne() {
  const key = await orphan(organization);
  letAWeekPass();
  const { id } = await sweep("DELETE");
  const [row] = (await listTrash(staff, { q: "", page: 1 })).items;
  if (row?.fileKey !== key) throw new Error("The orphan is not in the trash.");
  return { key, id, trashedObjectId: row.id };
}

describe("the trash", () => {
  test("gives an object back, which the next sweep leaves alone, and writes down who took it", async () => {
    const { key, trashedObjectId } = await trashOne();
    expect(await restoreTrashedObject(staff, { trashedObjectId })).toEqual({ fileKey: key });
    expect((await findObject(key))?.bytes).toBe(15);
    expect(await db.auditEvent.findFirst({ where: { action: "storage.restored" } })).toMatchObject({
      actorId: staff.userId,
      organizationId: organization.id,
      after: { fileKey: key, bytes: 15 },
    });
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [key]: "ORPHAN_OBJECT YOUNG" });
    expect((await keys()).filter((each) => each.startsWith("trash/"))).toEqual([]);
    await expect(restoreTrashedObject(staff, { trashedObjectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("gives nothing back over another object", async () => {
    const { key, trashedObjectId } = await trashOne();
    await put(key, Buffer.from("somebody else's"));
    await put(key, Buffer.from("other"));
    await expect(restoreTrashedObject(staff, { trashedObjectId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await findObject(key))?.bytes).toBe(5);
  });

  test("gives back what was chosen and can be, says why of the rest, and is searched and paged", async () => {
    const chosen = [];
    for (let count = 0; count < 27; count += 1) chosen.push(await orphan(organization, `talk-${count}_%`));
    letAWeekPass();
    const { id } = await sweep("DELETE", bucketName);
    const first = await listTrash(staff, { q: "", page: 1 });
    expect(first).toMatchObject({ total: 27, page: 1, items: { length: 25, 0: { sweepId: id, takenBy: null } } });
    expect((await listTrash(staff, { q: "", page: 2 })).items).toHaveLength(2);
    // A search is for the letters themselves: neither of these is a wildcard.
    expect((await listTrash(staff, { q: "K-7_%", page: 1 })).items.map(({ fileKey }) => fileKey)).toEqual([chosen[7]]);
    const [taken, ...others] = first.items.slice(0, 3);
    await put(taken?.fileKey ?? "", Buffer.from("another"));
    const trashedObjectIds = [taken, ...others].map((object) => object?.id ?? "");
    expect(await restoreTrash(staff, { trashedObjectIds })).toEqual({
      restored: 2,
      refusals: ["Another object lies in that place by now. Remove it first."],
    });
    for (const { fileKey } of others) expect((await findObject(fileKey))?.bytes).toBe(15);
    expect((await listTrash(staff, { q: "", page: 1 })).total).toBe(25);
  });

  test("is emptied of what has been there for its days, and of nothing else; what the store refuses waits", async () => {
    const { key, id, trashedObjectId } = await trashOne();
    expect(await purgeTrash()).toEqual({ purged: 0, failed: 0 });
    await db.trashedObject.updateMany({ data: { purgeAfter: new Date(Date.now() - HOUR) } });
    store.onRequest = ({ operation }) => (operation === "DeleteObjects" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined);
    await expect(purgeTrash()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    expect(await findObject(`trash/${id}/${key}`)).not.toBeNull();
    expect(await purgeTrash()).toEqual({ purged: 1, failed: 0 });
    expect(await findObject(`trash/${id}/${key}`)).toBeNull();
    await expect(restoreTrashedObject(staff, { trashedObjectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await purgeTrash()).toEqual({ purged: 0, failed: 0 });
  });

  test.each([-1, 1])("keeps to the store's and the database's clocks when the app's is %i hour off", async (hours) => {
    const old = await orphan(organization);
    store.clock.advance(HOUR);
    const young = await orphan(organization);
    // The embedded store runs in this process and jumps as well: only the database is left behind. What the app has learned of the store's
    // time is put as wrong.
    store.clock.advance(7 * DAY - HOUR / 2 - hours * HOUR);
    await listObjects(null);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * HOUR });
    S3.config.systemClockOffset += hours * HOUR;
    try {
      const { id } = await sweep("DELETE");
      expect(await outcomes(id)).toEqual({ [old]: "ORPHAN_OBJECT TRASHED", [young]: "ORPHAN_OBJECT YOUNG" });
      const kept = () => db.$queryRaw`SELECT round(extract(epoch FROM "purgeAfter" - now()) / 3600)::int AS hours FROM "TrashedObject"`;
      expect(await kept()).toEqual([{ hours: 7 * 24 }]);
      await db.$executeRaw`UPDATE "TrashedObject" SET "purgeAfter" = now() + interval '30 minutes'`;
      expect(await purgeTrash()).toEqual({ purged: 0, failed: 0 });
      await db.$executeRaw`UPDATE "TrashedObject" SET "purgeAfter" = now() - interval '30 minutes'`;
      expect(await purgeTrash()).toEqual({ purged: 1, failed: 0 });
      const released = await storedFile(organization, { state: "RELEASED" });
      const purge = () => purgeFile(system, { organizationId: organization.id, mediaFileId: released.id });
      await db.$executeRaw`UPDATE "MediaFile" SET "purgeAfter" = now() + interval '30 minutes' WHERE id = ${released.id}`;
      expect(await purge()).toBe(false);
      await db.$executeRaw`UPDATE "MediaFile" SET "purgeAfter" = now() - interval '30 minutes' WHERE id = ${released.id}`;
      expect(await purge()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test("holds what no row names out of every sweep's reach, and says so", async () => {
    await put("trash/unknown/thing");
    letAWeekPass();
    const { id, progress } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ "trash/unknown/thing": "ORPHAN_OBJECT OUTSIDE" });
    expect(progress.objects).toBe(40);
  });
});

describe("uploads that nobody goes on with", () => {
  test("are aborted once they are older than the grace and no upload has them", async () => {
    const key = (name: string) => `${organization.storagePrefix}private/video/${name}.mp4`;
    const dead = await createMultipartUpload(key("dead"), { contentType: "video/mp4" });
    const own = await createMultipartUpload(key("own"), { contentType: "video/mp4" });
    const reservedUntil = new Date(Date.now() + HOUR);
    await createMediaFile(organization, { state: "PENDING", fileKey: key("own"), multipartId: own, reservedUntil });
    const doubled = await createMultipartUpload(key("own"), { contentType: "video/mp4" });
    await createMultipartUpload(key("unknown"), { contentType: "video/mp4" });
    await createMediaFile(organization, { state: "PENDING", fileKey: key("unknown"), reservedUntil });
    letAWeekPass();
    await createMultipartUpload(key("young"), { contentType: "video/mp4" });
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [key("dead")]: "DEAD_UPLOAD ABORTED", [key("own")]: "DEAD_UPLOAD ABORTED" });
    const left = (await listBegunUploads(null)).uploads;
    expect(left.map((upload) => upload.key).toSorted()).toEqual([key("own"), key("unknown"), key("young")]);
    expect(left.map(({ multipartId }) => multipartId)).toContain(own);
    expect(left.map(({ multipartId }) => multipartId)).not.toContain(dead);
    expect(left.map(({ multipartId }) => multipartId)).not.toContain(doubled);
  });

  test("give their bytes back once their lease is over", async () => {
    const late = await createMediaFile(organization, { state: "PENDING", reservedUntil: new Date(Date.now() - HOUR) });
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [late.fileKey]: "EXPIRED_RESERVATION EXPIRED" });
    expect(await db.mediaFile.findUnique({ where: { id: late.id } })).toMatchObject({ state: "PURGED" });
    expect((await storageOf(organization.id)).reserved).toBe(0);
  });
});

describe("the figures", () => {
  test("are mailed to the platform's staff after a sweep that may delete, and to nobody else", async () => {
    const former = await createPlatformActor();
    const { id } = await trashOne();
    await db.user.update({ where: { id: former.userId }, data: { role: "user" } });
    expect((await drainJobs(new Date(Date.now() + 20_000))).failed).toBe(0);
    const [mail] = await mailsTo(staff.email);
    expect(mail).toMatchObject({ subject: "Storage was swept" });
    expect(mail?.text).toContain("Object without a file, moved to the trash: 1 (15 bytes)");
    expect(mail?.text).toContain(`/platform/admin/storage/${id}`);
    expect(await mailsTo(former.email)).toEqual([]);
  });

  test("come as a CSV that only the platform's staff can download", async () => {
    const { key, id } = await trashOne();
    const get = async (userId: string) => {
      const cookie = await signIn(userId);
      return callRoute((request) => csv(request, { params: Promise.resolve({ id }) }), { method: "GET", cookie });
    };
    const answer = await get(staff.userId);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await answer.text()).split("\r\n");
    expect(lines[0]).toBe("kind,key,bytes,modified,outcome,organization,file,upload");
    expect(lines[1]).toMatch(new RegExp(`^ORPHAN_OBJECT,${key},15,[0-9TZ:.-]+,TRASHED,${organization.id},,$`));
    await db.user.update({ where: { id: staff.userId }, data: { role: "user" } });
    expect((await get(staff.userId)).status).toBe(404);
  });

  test("stand in the row of the scheduled run", async () => {
    await orphan(organization);
    letAWeekPass();
    const headers = { authorization: `Bearer ${process.env.CRON_SECRET ?? ""}` };
    const answer = await callRoute(cleanup, { method: "GET", headers });
    expect(await answer.json()).toMatchObject({ counts: { objects: 41, orphans: 1, trashed: 1, held: 0, failed: 0 } });
    await db.storageSweep.updateMany({ data: { state: "RUNNING", heartbeatAt: new Date() } });
    expect(await (await callRoute(cleanup, { method: "GET", headers })).json()).toMatchObject({ counts: { busy: 1, failed: 0 } });
  });
});
