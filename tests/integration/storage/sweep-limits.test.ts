import { beforeEach, describe, expect, test } from "vitest";
import { bucketName } from "@/lib/clients/bucket";
import { findObject } from "@/lib/clients/object-store";
import { db } from "@/lib/db";
import { createMediaFile, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, storedFile, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
});

const trashed = async () => (await keys()).filter((key) => key.startsWith("trash/"));

describe("too much would go", () => {
  test("of one organization: its orphans are held, those of others go; named, they go as well", async () => {
    await fillWith(organization, 60);
    const other = await createOrganization();
    await fillWith(other, 5);
    const going = await orphan(organization);
    const held = await orphan(other);
    letAWeekPass();
    const first = await sweep("DELETE");
    expect(first).toMatchObject({ state: "DONE", progress: { held: [other.storagePrefix] } });
    expect(await outcomes(first.id)).toEqual({ [going]: "ORPHAN_OBJECT TRASHED", [held]: "ORPHAN_OBJECT HELD" });
    expect(await findObject(held)).not.toBeNull();
    const second = await sweep("DELETE", other.slug);
    expect(second).toMatchObject({ state: "DONE", forced: true, progress: { held: [] } });
    expect(await outcomes(second.id)).toEqual({ [held]: "ORPHAN_OBJECT TRASHED" });
  });

  test("of the bucket: the sweep stops before anything goes, until the bucket is named", async () => {
    await fillWith(organization, 10);
    for (let count = 0; count < 3; count += 1) await orphan(organization);
    await put("elsewhere/thing");
    letAWeekPass();
    const before = await keys();
    for (const force of [null, "another-bucket", organization.slug]) {
      const stopped = await sweep("DELETE", force);
      expect(stopped.state).toBe("STOPPED");
      expect(stopped.error).toContain("3 of the bucket's 14 objects would go");
      expect(await keys()).toEqual(before);
    }
    expect((await sweep("DELETE", bucketName)).state).toBe("DONE");
    expect(await trashed()).toHaveLength(4);
    expect(await keys()).toHaveLength(14);
  });
});

describe("what was seen can't be right: nothing is deleted, whatever is forced", () => {
  test("the bucket holds none of the files that the database knows", async () => {
    await createMediaFile(organization);
    await orphan(organization);
    letAWeekPass();
    const stopped = await sweep("DELETE", bucketName);
    expect(stopped).toMatchObject({ state: "STOPPED", error: expect.stringContaining("is it the right bucket?") as string });
    expect(await trashed()).toEqual([]);
    expect(await db.mediaFile.count({ where: { state: "MISSING" } })).toBe(0);
  });

  test("the database places every file in another bucket, as with a wrong S3_STORE_NAME", async () => {
    await storedFile(organization, { store: "renamed" });
    await storedFile(organization, { store: "renamed", state: "MISSING" });
    await createMediaFile(organization, { store: "renamed" });
    await orphan(organization);
    letAWeekPass();
    const before = await keys();
    const stopped = await sweep("DELETE", bucketName);
    expect(stopped).toMatchObject({ state: "STOPPED", error: expect.stringContaining("is S3_STORE_NAME right?") as string });
    expect(Object.values(await outcomes(stopped.id))).toEqual(["ORPHAN_OBJECT FOUND"]);
    expect(await keys()).toEqual(before);
    expect(await db.mediaFile.count({ where: { state: "MISSING" } })).toBe(1);
  });

  test("the database knows no file at all", async () => {
    await orphan(organization);
    letAWeekPass();
    const stopped = await sweep("DELETE", bucketName);
    expect(stopped).toMatchObject({ state: "STOPPED", error: expect.stringContaining("is it the right database?") as string });
    expect(await trashed()).toEqual([]);
  });

  test.each(["ListObjectsV2", "ListMultipartUploads"])("the store does not answer %s", async (refused) => {
    await fillWith(organization);
    await orphan(organization);
    letAWeekPass();
    const before = await keys();
    store.onRequest = ({ operation }) => (operation === refused ? { kind: "error", status: 403, code: "AccessDenied" } : undefined);
    await expect(sweep("DELETE")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    expect(await db.storageSweep.findFirst()).toMatchObject({
      state: "FAILED",
      error: expect.stringContaining("can't be reached") as string,
    });
    expect(await keys()).toEqual(before);
  });

  test("more files than the limit have lost their objects: none is marked", async () => {
    await fillWith(organization, 10);
    const lost = await createMediaFile(organization);
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [lost.fileKey]: "MISSING_OBJECT HELD" });
    expect(await db.mediaFile.findUnique({ where: { id: lost.id } })).toMatchObject({ state: "READY" });
  });
});
