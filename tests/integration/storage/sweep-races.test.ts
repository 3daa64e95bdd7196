import { beforeEach, describe, expect, test } from "vitest";
import { findObject } from "@/lib/clients/object-store";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import { S3 } from "@/lib/S3Client";
import { startSweep, sweepStorage } from "@/lib/services/storage-orphan-service";
import { getSweep } from "@/lib/services/storage-report-service";
import { createMediaFile, createOrganization, createPlatformActor, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
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
  test("one that a file has taken over since stays", async () => {
    const row = await createMediaFile(organization, { state: "PURGED" });
    await put(row.fileKey);
    letAWeekPass();
    before("CopyObject", () => db.mediaFile.update({ where: { id: row.id }, data: { state: "READY" } }));
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [row.fileKey]: "ORPHAN_OBJECT KEPT" });
    expect(await findObject(row.fileKey)).not.toBeNull();
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
