import { beforeEach, describe, expect, test } from "vitest";
import { deleteObject, findObject } from "@/lib/clients/object-store";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { PlatformActor } from "@/lib/policies/actor";
import { S3 } from "@/lib/S3Client";
import { startSweep, sweepStorage } from "@/lib/services/storage-orphan-service";
import { getSweep } from "@/lib/services/storage-report-service";
import { listTrash, restoreTrashedObject } from "@/lib/services/storage-restore-service";
import { createMediaFile, createOrganization, createPlatformActor, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let staff: PlatformActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  staff = await createPlatformActor();
  await fillWith(organization);
});

/** Once, right before the store acts on the first such call. */
function before(operation: string, work: () => Promise<unknown>): void {
  let done = false;
  store.onRequest = async (seen) => {
    if (done || seen.operation !== operation) return undefined;
    done = true;
    await work();
    return undefined;
  };
}

const silent = () => db.storageSweep.updateMany({ data: { heartbeatAt: new Date(Date.now() - HOUR) } });

describe("at the moment of deletion an orphan is looked at once more", () => {
  test("one that a file has taken over since stays; once it is announced, none can take it over", async () => {
    const [early, late] = [
      await createMediaFile(organization, { state: "PURGED" }),
      await createMediaFile(organization, { state: "PURGED" }),
    ];
    for (const { fileKey } of [early, late]) await put(fileKey);
    letAWeekPass();
    const takeOver = ({ id }: { id: string }) => db.mediaFile.update({ where: { id }, data: { state: "READY" } });
    const refused: unknown[] = [];
    before("ListMultipartUploads", async () => {
      await takeOver(early);
      // Both have no row any more that says whose they are; this one is on its way already.
      before("CopyObject", async () => {
        refused.push(await takeOver(late).catch((error: unknown) => error));
        const moved = db.mediaFile.update({ where: { id: early.id }, data: { fileKey: late.fileKey } });
        refused.push(await moved.catch((error: unknown) => error));
      });
    });
    const { id } = await sweep("DELETE");
    expect(refused).toMatchObject([{ code: "P2002" }, { code: "P2002" }]);
    expect(await outcomes(id)).toEqual({ [early.fileKey]: "ORPHAN_OBJECT KEPT", [late.fileKey]: "ORPHAN_OBJECT TRASHED" });
    expect(await findObject(early.fileKey)).not.toBeNull();
    await takeOver(late);
  });

  test("one that was deleted and made again stays, and one that is gone is no failure", async () => {
    const again = await orphan(organization);
    letAWeekPass();
    before("HeadObject", () => put(again, Buffer.from("other bytes")));
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [again]: "ORPHAN_OBJECT CHANGED" });
    expect((await findObject(again))?.bytes).toBe(11);
  });

  test("one that the store refuses to delete is marked, the others of the same call go", async () => {
    const stuck = await orphan(organization, "a-stuck");
    const going = await orphan(organization, "b-going");
    letAWeekPass();
    // No store refuses one key of a call at will: this stands between the client and the wire.
    S3.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as { Delete?: { Objects: { Key: string }[] } };
        const refused = input.Delete?.Objects.some(({ Key }) => Key === stuck) ?? false;
        if (input.Delete) input.Delete.Objects = input.Delete.Objects.filter(({ Key }) => Key !== stuck);
        const result = await next(args);
        if (refused) Object.assign(result.output, { Errors: [{ Key: stuck, Code: "AccessDenied" }] });
        return result;
      },
      { step: "initialize", name: "refuseOneKey" },
    );
    try {
      const { id } = await sweep("DELETE");
      expect(await outcomes(id)).toEqual({ [stuck]: "ORPHAN_OBJECT FAILED", [going]: "ORPHAN_OBJECT TRASHED" });
    } finally {
      S3.middlewareStack.remove("refuseOneKey");
    }
    const second = await sweep("DELETE");
    expect(await outcomes(second.id)).toEqual({ [stuck]: "ORPHAN_OBJECT TRASHED" });
  });

  test("a deletion whose answer is lost is made again and counts once", async () => {
    const key = await orphan(organization);
    letAWeekPass();
    let lost = 0;
    store.onRequest = ({ operation }) => (operation === "DeleteObjects" && (lost += 1) === 1 ? { kind: "lost-answer" } : undefined);
    const { id } = await sweep("DELETE");
    expect(lost).toBe(2);
    expect(await outcomes(id)).toEqual({ [key]: "ORPHAN_OBJECT TRASHED" });
    expect(await keys()).toContain(`trash/${id}/${key}`);
  });
});

describe("a store that takes its time to delete", () => {
  test("holds no row locked, and nothing of it can be taken back before it has answered", async () => {
    const purged = await createMediaFile(organization, { state: "PURGED" });
    await put(purged.fileKey);
    letAWeekPass();
    const seen: unknown[] = [];
    before("DeleteObjects", async () => {
      // A row that a transaction held would make this fail at once, and end that transaction's time while the store works.
      seen.push(await db.$queryRaw`SELECT state::text FROM "MediaFile" WHERE id = ${purged.id} FOR UPDATE NOWAIT`);
      seen.push(await db.$queryRaw`SELECT "settledAt" FROM "TrashedObject" FOR UPDATE NOWAIT`);
      seen.push((await listTrash(staff, { q: "", page: 1 })).items);
      const [row] = await db.trashedObject.findMany();
      seen.push(await restoreTrashedObject(staff, { trashedObjectId: row?.id ?? "" }).catch((error: unknown) => error));
    });
    const { id } = await sweep("DELETE");
    expect(seen).toMatchObject([[{ state: "PURGED" }], [{ settledAt: null }], [], { code: "NOT_FOUND" }]);
    expect(await outcomes(id)).toEqual({ [purged.fileKey]: "ORPHAN_OBJECT TRASHED" });
    expect((await listTrash(staff, { q: "", page: 1 })).total).toBe(1);
  });

  test("and never answers leaves announcements, which the next sweep settles: what is gone can be taken back", async () => {
    const gone = await orphan(organization, "a-gone");
    const stays = await orphan(organization, "b-stays");
    letAWeekPass();
    store.onRequest = async ({ operation }) => {
      if (operation !== "DeleteObjects") return undefined;
      await deleteObject(gone);
      return { kind: "error", status: 403, code: "AccessDenied" };
    };
    await expect(sweep("DELETE")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    expect((await listTrash(staff, { q: "", page: 1 })).items).toEqual([]);
    // A week later, as the schedule has it: the time in the trash of what could not be taken back would be over.
    await db.trashedObject.updateMany({ data: { purgeAfter: new Date(Date.now() - HOUR) } });
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [stays]: "ORPHAN_OBJECT TRASHED" });
    const trash = await listTrash(staff, { q: "", page: 1 });
    expect(trash.items.map(({ fileKey }) => fileKey).toSorted()).toEqual([gone, stays]);
    for (const { id: trashedObjectId } of trash.items) await restoreTrashedObject(staff, { trashedObjectId });
    for (const key of [gone, stays]) expect((await findObject(key))?.bytes).toBe(15);
  });

  test("and was killed a week ago gives what it took its whole time in the trash", async () => {
    const key = await orphan(organization);
    letAWeekPass();
    store.onRequest = ({ operation }) => (operation === "DeleteObjects" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined);
    await expect(sweep("DELETE")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    const week = new Date(Date.now() - 7 * 24 * HOUR);
    await db.storageSweep.updateMany({ data: { state: "RUNNING", heartbeatAt: week, finishedAt: null } });
    await db.trashedObject.updateMany({ data: { trashedAt: week, purgeAfter: new Date(Date.now() - HOUR) } });
    const { id } = await sweep("DELETE");
    expect(await keys()).toContain(`trash/${id}/${key}`);
    expect((await listTrash(staff, { q: "", page: 1 })).total).toBe(1);
  });
});

describe("one works at a time", () => {
  test("a second one is told so, and a person who starts one as well", async () => {
    await orphan(organization);
    letAWeekPass();
    const refused: unknown[] = [];
    before("ListMultipartUploads", async () => {
      refused.push(await sweepStorage(system, { mode: "DELETE", force: null }).catch((error: unknown) => error));
      refused.push(await startSweep(await createPlatformActor(), { mode: "REPORT", force: null }).catch((error: unknown) => error));
    });
    expect(await sweep("DELETE")).toMatchObject({ state: "DONE" });
    expect(refused).toMatchObject([{ code: "CONFLICT" }, { code: "CONFLICT" }]);
    expect(await db.storageSweep.count()).toBe(1);
  });

  test("two that begin at the same moment make one sweep", async () => {
    const both = await Promise.allSettled([sweep("DELETE"), sweep("DELETE")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await db.storageSweep.count()).toBe(1);
  });

  test("one that was silent for too long is taken over, and deletes nothing when it wakes up", async () => {
    const key = await orphan(organization);
    letAWeekPass();
    let other = "";
    // Just before its DeleteObjects it gives a sign of life, which finds that another one did.
    before("CopyObject", async () => {
      await silent();
      other = (await sweepStorage(system, { mode: "DELETE", force: null })).id;
      await put(key);
    });
    const late = await sweepStorage(system, { mode: "DELETE", force: null });
    expect(late).toEqual({ id: other, state: "RUNNING" });
    expect(await getSweep(system, other)).toMatchObject({ state: "DONE" });
    expect(await findObject(key)).not.toBeNull();
  });
});

describe("it goes on where it was", () => {
  test("a pause is gone on with by a job, and nothing is counted twice", async () => {
    const key = await orphan(organization);
    letAWeekPass();
    const { id, state } = await sweepStorage(system, { mode: "DELETE", force: null, until: new Date(0) });
    expect(state).toBe("RUNNING");
    expect((await drainJobs(new Date(Date.now() + 20_000))).failed).toBe(0);
    const done = await getSweep(system, id);
    expect(done).toMatchObject({ state: "DONE", progress: { objects: 41, rows: 40, matched: 40, due: 1 } });
    expect(await outcomes(id)).toEqual({ [key]: "ORPHAN_OBJECT TRASHED" });
  });

  test("a person's sweep is worked on by a job", async () => {
    const { id } = await startSweep(await createPlatformActor(), { mode: "REPORT", force: null });
    await drainJobs(new Date(Date.now() + 20_000));
    expect(await getSweep(system, id)).toMatchObject({ state: "DONE", progress: { objects: 40 } });
  });

  test("one of another wish that was left behind is closed, and a new one begins", async () => {
    const left = await sweepStorage(system, { mode: "REPORT", force: null, until: new Date(0) });
    const { id, state } = await sweep("DELETE");
    expect(id).not.toBe(left.id);
    expect(state).toBe("DONE");
    expect(await getSweep(system, left.id)).toMatchObject({ state: "FAILED", error: "It was left behind half-way." });
  });
});
