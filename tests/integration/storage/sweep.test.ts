import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { headObject } from "@/lib/clients/bucket";
import { findObject, putObject } from "@/lib/clients/object-store";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { releaseFile } from "@/lib/services/storage-release-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createCourse, createLesson, createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sample, storageOf, upload } from "../../support/uploads";
import { BODY, fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, storedFile, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
const SUM = sha256(BODY.toString());
/** The entity tag of no object here. */
const ELSEWHERE = '"0123456789abcdef0123456789abcdef"';
/** Puts the usual bytes with a sum that the store verifies and keeps. */
const putSummed = (key: string) => putObject(key, BODY, { contentType: "video/mp4", sha256: SUM });

/** The sketch that compares the bucket with the courses' own pictures and nothing else. */
async function orphansOfTheSketch(): Promise<string[]> {
  const courses = await db.course.findMany({ select: { thumbnail: { select: { fileKey: true } } } });
  const known = new Set(courses.map(({ thumbnail }) => thumbnail?.fileKey));
  return (await keys()).filter((key) => !known.has(key));
}

describe("what is needed stays", () => {
  test("a lesson's video, which a comparison with the courses alone would delete", async () => {
    const course = await createCourse(organization);
    const thumbnail = await storedFile(organization, { kind: "THUMBNAIL" });
    await db.course.update({ where: { id: course.id }, data: { thumbnailId: thumbnail.id } });
    const video = await storedFile(organization);
    await createLesson(course, { videoId: video.id });
    letAWeekPass();
    expect(await orphansOfTheSketch()).toEqual([video.fileKey]);
    expect(await sweep("DELETE")).toMatchObject({ state: "DONE", sums: [] });
    expect(await findObject(video.fileKey)).not.toBeNull();
  });

  test("every object whose row is not purged: attached or not, under way, released, derived", async () => {
    const ready = await storedFile(organization);
    await storedFile(organization, { kind: "THUMBNAIL", parentId: ready.id });
    const released = await storedFile(organization);
    await inTransaction((tx) => releaseFile(tx, author, released.id));
    await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    const before = await keys();
    letAWeekPass();
    expect(await sweep("DELETE")).toMatchObject({ state: "DONE", sums: [] });
    expect(await keys()).toEqual(before);
    expect(before).toHaveLength(4);
  });

  test("an orphan younger than the grace, and what lies outside the organizations' prefixes", async () => {
    await fillWith(organization);
    await put("backups/yesterday.sql");
    letAWeekPass();
    const young = await orphan(organization);
    const { id, state } = await sweep("DELETE");
    expect(state).toBe("DONE");
    expect(await outcomes(id)).toEqual({ "backups/yesterday.sql": "ORPHAN_OBJECT OUTSIDE", [young]: "ORPHAN_OBJECT YOUNG" });
    expect(await findObject("backups/yesterday.sql")).not.toBeNull();
    expect(await findObject(young)).not.toBeNull();
  });
});

describe("what nobody needs", () => {
  test("is reported first: a report changes nothing", async () => {
    await fillWith(organization);
    const key = await orphan(organization);
    letAWeekPass();
    const before = await keys();
    const { id, state, progress } = await sweep("REPORT");
    expect(state).toBe("DONE");
    expect(progress).toMatchObject({ objects: 41, rows: 40, live: 40, matched: 40, due: 1 });
    expect(await outcomes(id)).toEqual({ [key]: "ORPHAN_OBJECT FOUND" });
    expect(await keys()).toEqual(before);
  });

  test("goes to the trash: an object without a row, and one whose row is purged", async () => {
    await fillWith(organization);
    const strange = await orphan(organization);
    const purged = await createMediaFile(organization, { state: "PURGED" });
    await put(purged.fileKey);
    letAWeekPass();
    const { id, sums } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [strange]: "ORPHAN_OBJECT TRASHED", [purged.fileKey]: "ORPHAN_OBJECT TRASHED" });
    expect(sums).toEqual([{ kind: "ORPHAN_OBJECT", outcome: "TRASHED", findings: 2, bytes: 30 }]);
    const left = await keys();
    expect(left).not.toContain(strange);
    expect(left).toContain(`trash/${id}/${strange}`);
    expect(left).toContain(`trash/${id}/${purged.fileKey}`);
    const finding = await db.storageFinding.findFirstOrThrow({ where: { sweepId: id, fileKey: strange } });
    expect(finding).toMatchObject({ organizationId: organization.id, mediaFileId: null });
    expect(await sweep("DELETE")).toMatchObject({ state: "DONE", sums: [] });
  });

  test("is looked for in the order of bytes, whatever letters a key has", async () => {
    await fillWith(organization);
    const odd = ["z", "é", "\u{ffee}", "\u{1f600}", "a b+c%d"].map((name) => `${organization.storagePrefix}private/video/${name}.mp4`);
    for (const key of odd.slice(0, 3)) {
      const file = await storedFile(organization);
      await db.mediaFile.update({ where: { id: file.id }, data: { fileKey: key } });
      await put(key);
    }
    await put(odd[3] ?? "");
    await put(odd[4] ?? "");
    letAWeekPass();
    const found = await sweep("REPORT");
    // The three files whose keys were changed left their first objects behind.
    expect(found.sums).toEqual([{ kind: "ORPHAN_OBJECT", outcome: null, findings: 5, bytes: 75 }]);
    expect(Object.keys(await outcomes(found.id))).toEqual(expect.arrayContaining([odd[3], odd[4]]));
    expect(found.progress.matched).toBe(43);
  });
});

describe("what does not agree", () => {
  test("a file without its object is marked once more than a look at the bucket says so; its bytes come back and nothing is deleted", async () => {
    await fillWith(organization);
    const lost = await createMediaFile(organization);
    const { used } = await storageOf(organization.id);
    const report = await sweep("REPORT");
    expect(await outcomes(report.id)).toEqual({ [lost.fileKey]: "MISSING_OBJECT FOUND" });
    store.onRequest = ({ operation }) => {
      if (operation === "DeleteObject" || operation === "DeleteObjects") throw new Error("something was deleted");
      return undefined;
    };
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({ [lost.fileKey]: "MISSING_OBJECT MARKED" });
    expect(await db.mediaFile.findUnique({ where: { id: lost.id } })).toMatchObject({ state: "MISSING", stateReason: "OBJECT_GONE" });
    const after = await storageOf(organization.id);
    expect(after.used).toBe(used - Number(lost.bytes));
    expect(after.used).toBe(after.ledger.used);
  });

  test("the bytes of a picture's size that was found missing come back once, whatever becomes of the picture", async () => {
    await fillWith(organization);
    const picture = await storedFile(organization, { kind: "THUMBNAIL" });
    const size = await createMediaFile(organization, { kind: "THUMBNAIL", parentId: picture.id });
    expect(await outcomes((await sweep("DELETE")).id)).toEqual({ [size.fileKey]: "MISSING_OBJECT MARKED" });
    await db.mediaFile.update({ where: { id: picture.id }, data: { state: "RELEASED", purgeAfter: new Date(0) } });
    expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: picture.id })).toBe(true);
    const { used, ledger } = await storageOf(organization.id);
    expect(used).toBe(ledger.used);
  });

  test("another size and another content are reported and left; the same content under another entity tag is noted", async () => {
    const small = await storedFile(organization, { bytes: 3n });
    const unproved = await storedFile(organization, { etag: ELSEWHERE });
    const other = await storedFile(organization, { etag: ELSEWHERE, checksum: sha256("bytes of another") });
    const copied = await storedFile(organization, { etag: ELSEWHERE, checksum: SUM });
    const parts = await storedFile(organization, { etag: ELSEWHERE, checksum: `${SUM}-3` });
    const unknown = await storedFile(organization, { etag: null, checksum: SUM });
    for (const { fileKey } of [other, copied, parts, unknown]) await putSummed(fileKey);
    const { etag = "" } = (await findObject(unproved.fileKey)) ?? {};
    const same = await storedFile(organization, { etag, checksum: SUM });
    const found = (drifted: string) => ({
      [small.fileKey]: "SIZE_DRIFT REPORTED",
      [unproved.fileKey]: "CHECKSUM_DRIFT UNPROVED",
      [other.fileKey]: "CHECKSUM_DRIFT REPORTED",
      [copied.fileKey]: `ETAG_DRIFT ${drifted}`,
      [parts.fileKey]: "CHECKSUM_DRIFT UNPROVED",
      [unknown.fileKey]: `ETAG_DRIFT ${drifted}`,
    });
    const report = await sweep("REPORT");
    expect(await outcomes(report.id)).toEqual(found("FOUND"));
    const { id, progress } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual(found("NOTED"));
    expect(progress.examined).toBe(4);
    for (const { id: fileId, fileKey } of [copied, unknown]) {
      expect(await db.mediaFile.findUnique({ where: { id: fileId } })).toMatchObject({ etag: (await headObject(fileKey))?.etag });
    }
    for (const { fileKey } of [small, other, same]) expect(await findObject(fileKey)).not.toBeNull();
    expect(Object.values(await outcomes((await sweep("DELETE")).id))).not.toContain("ETAG_DRIFT NOTED");
  });
});

describe("a missing file whose object is there again", () => {
  test("can be used again and takes its bytes, also past the limit; one of another size or content is reported", async () => {
    await fillWith(organization);
    const missing = { state: "MISSING" as const, stateReason: "OBJECT_GONE" };
    const back = await storedFile(organization, missing);
    const proved = await storedFile(organization, { ...missing, etag: ELSEWHERE, checksum: SUM });
    const other = await storedFile(organization, { ...missing, etag: ELSEWHERE, checksum: sha256("bytes of another") });
    const small = await storedFile(organization, { ...missing, bytes: 3n });
    const gone = await createMediaFile(organization, missing);
    for (const { fileKey } of [proved, other]) await putSummed(fileKey);
    const { used } = (await storageOf(organization.id)).ledger;
    const full = { usedBytes: BigInt(used), limitBytes: BigInt(used) };
    await db.storageAccount.update({ where: { organizationId: organization.id }, data: full });
    const report = await sweep("REPORT");
    expect((await outcomes(report.id))[back.fileKey]).toBe("RETURNED_OBJECT FOUND");
    expect(await storageOf(organization.id)).toMatchObject({ used });
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({
      [back.fileKey]: "RETURNED_OBJECT HEALED",
      [proved.fileKey]: "RETURNED_OBJECT HEALED",
      [other.fileKey]: "CHECKSUM_DRIFT REPORTED",
      [small.fileKey]: "SIZE_DRIFT REPORTED",
    });
    for (const file of [back, proved]) {
      expect(await db.mediaFile.findUnique({ where: { id: file.id } })).toMatchObject({ state: "READY", stateReason: null });
    }
    expect(await db.mediaFile.count({ where: { id: { in: [other.id, small.id, gone.id] }, state: "MISSING" } })).toBe(3);
    const after = await storageOf(organization.id);
    expect(after.used).toBe(used + 30);
    expect(after.used).toBe(after.ledger.used);
  });

  test("stays as it is when the object was exchanged, or the file left, after the sweep has looked, and so does one with another key by then", async () => {
    await fillWith(organization);
    const exchanged = await storedFile(organization, { state: "MISSING" });
    const purged = await storedFile(organization, { state: "MISSING" });
    const moved = await storedFile(organization, { state: "MISSING" });
    const found = await createMediaFile(organization);
    letAWeekPass();
    store.onRequest = async ({ operation }) => {
      if (operation !== "ListMultipartUploads") return undefined;
      await put(exchanged.fileKey);
      await db.mediaFile.update({ where: { id: purged.id }, data: { state: "PURGED" } });
      for (const { id, fileKey } of [moved, found])
        await db.mediaFile.update({ where: { id }, data: { fileKey: fileKey.replace("private", "moved") } });
      await put(found.fileKey.replace("private", "moved"));
      return undefined;
    };
    const { id } = await sweep("DELETE");
    expect(await outcomes(id)).toEqual({
      [exchanged.fileKey]: "RETURNED_OBJECT CHANGED",
      [purged.fileKey]: "RETURNED_OBJECT KEPT",
      [moved.fileKey]: "RETURNED_OBJECT KEPT",
      [found.fileKey]: "MISSING_OBJECT KEPT",
    });
  });
});
