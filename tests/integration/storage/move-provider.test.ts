import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { bareEtag, headObject, listBegunUploads } from "@/lib/clients/bucket";
import { deleteObject, findObject, putObject } from "@/lib/clients/object-store";
import { mainPlace } from "@/lib/clients/store-place";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { mediaFileSelect } from "@/lib/data/media-file";
import { signMediaUrl } from "@/lib/services/delivery-service";
import { deleteOldObjects } from "@/lib/services/storage-departure-service";
import { assertTwoBuckets, copyFiles } from "@/lib/services/storage-migration-service";
import { purgeFile } from "@/lib/services/storage-service";
import { verifyFiles } from "@/lib/services/storage-verify-service";
import { createMediaFile, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { keysIn, largeFile, other, pictureFile, reporting, startMoves, unreadable, wholeFile } from "./move-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startMoves();
  organization = await createOrganization();
});

const copy = (to: string) => copyFiles(system, { to }, {});
const verify = (to: string, deep = false) => verifyFiles(system, { to, deep }, {});
const leave = (confirm = other.bucket) => deleteOldObjects(system, { confirm }, {});

describe("a move to another provider", () => {
  test("takes every file with its proof, serves it from there, comes back, and empties what it left", async () => {
    await wholeFile(organization);
    const large = await largeFile(organization);
    const picture = await pictureFile(organization);
    await wholeFile(organization, { state: "RELEASED", purgeAfter: new Date(Date.now() + HOUR) });
    const files = await db.mediaFile.findMany({ select: mediaFileSelect });
    const keys = files.map(({ fileKey }) => fileKey).toSorted();
    expect(await copyFiles(system, { to: "other", dryRun: true }, {})).toMatchObject({ counts: { outcomes: { WOULD_MOVE: 6 } } });
    expect(await keysIn(other)).toEqual([]);

    expect(await copy("other")).toMatchObject({ problems: 0, counts: { files: 6, done: 6, outcomes: { MOVED: 6 } } });
    expect(await keysIn(other)).toEqual(keys);
    expect(await findObject(large.fileKey, other)).toMatchObject({ sha256: large.checksum, contentType: "video/mp4" });
    const moved = await db.mediaFile.findUniqueOrThrow({ where: { id: picture.id }, select: mediaFileSelect });
    const { url } = await signMediaUrl(moved, { expiresInSeconds: 60 });
    expect(url).toContain(`/${other.bucket}/`);
    expect((await fetch(url)).status).toBe(200);
    expect(await verify("other", true)).toMatchObject({ problems: 0, counts: { outcomes: { SAME: 6 } } });

    expect(await copy("main")).toMatchObject({ problems: 0, counts: { outcomes: { MOVED: 6 } } });
    expect(await unreadable()).toEqual([]);
    await expect(leave()).rejects.toThrow("Run verify --to main first");
    expect(await verify("main")).toMatchObject({ problems: 0 });
    expect(await leave()).toMatchObject({ counts: { outcomes: { DELETED: 6 } } });
    expect(await keysIn(other)).toEqual([]);
    expect(await keysIn(mainPlace)).toEqual(keys);
  });

  test("leaves what it can't prove or may not touch where it is, and names it", async () => {
    const wrong = await wholeFile(organization);
    await putObject(wrong.fileKey, randomBytes(2_000), { contentType: "video/mp4" });
    const parts = await largeFile(organization);
    await db.mediaFile.update({ where: { id: parts.id }, data: { checksum: parts.checksum?.replace(/^./, "_") } });
    const exchanged = await wholeFile(organization, { etag: '"0123"' });
    const gone = await createMediaFile(organization);
    const pending = await createMediaFile(organization, { state: "PENDING", reservedUntil: new Date(Date.now() + HOUR) });
    const frozen = await wholeFile(organization, { tier: "ARCHIVED", storageClass: "GLACIER" });
    const lost = await createMediaFile(organization, { state: "MISSING" });
    const { options, outcomes } = reporting();
    expect(await copyFiles(system, { to: "other" }, options)).toMatchObject({ problems: 4 });
    expect(outcomes()).toEqual({
      [wrong.fileKey]: "MISMATCH",
      [parts.fileKey]: "MISMATCH",
      [exchanged.fileKey]: "DIFFERS",
      [gone.fileKey]: "MISSING",
      [pending.fileKey]: "PENDING",
      [frozen.fileKey]: "ARCHIVED",
      [lost.fileKey]: "REPOINTED",
    });
    expect(await keysIn(other)).toEqual([]);
    expect((await listBegunUploads(null, other)).uploads).toEqual([]);
    expect(await db.mediaFile.count({ where: { store: "other" } })).toBe(1);
  });

  test("takes along what was purged, replaced or put there while it copied", async () => {
    const purged = await wholeFile(organization, { state: "RELEASED", purgeAfter: new Date(Date.now() - 1_000) });
    const remade = await wholeFile(organization, { checksum: null });
    let late = "";
    const acts: Record<string, () => Promise<unknown>> = {
      [purged.fileKey]: () => purgeFile(system, { organizationId: organization.id, mediaFileId: purged.id }),
      [remade.fileKey]: () => db.mediaFile.update({ where: { id: remade.id }, data: { readyAt: new Date() } }),
    };
    store.onRequest = async ({ operation, bucket, key }) => {
      const act = acts[key];
      if (operation !== "PutObject" || bucket !== other.bucket || !act) return undefined;
      acts[key] = async () => undefined;
      await act();
      if (key === purged.fileKey) late = (await wholeFile(organization)).fileKey;
      return undefined;
    };
    expect(await copy("other")).toMatchObject({ problems: 0, counts: { outcomes: { CHANGED: 2 } } });
    store.onRequest = undefined;
    expect(await keysIn(other)).not.toContain(purged.fileKey);
    expect(await keysIn(other)).not.toContain(remade.fileKey);
    expect(await keysIn(mainPlace)).toContain(late);
    await copy("other");
    expect(await unreadable()).toEqual([]);
    expect(await keysIn(other)).toEqual([remade.fileKey, late].toSorted());
  });

  test("checks sums, sizes and tags, and deletes nothing after a difference", async () => {
    const [changed, shortened, gone, unproven] = await Promise.all(Array.from({ length: 4 }, () => wholeFile(organization)));
    if (!changed || !shortened || !gone || !unproven) throw new Error("There are four.");
    await copy("other");
    await copy("main");
    const body = { contentType: "video/mp4" };
    await putObject(changed.fileKey, randomBytes(2_000), body);
    await putObject(shortened.fileKey, randomBytes(10), body);
    await deleteObject(gone.fileKey);
    await db.mediaFile.update({ where: { id: unproven.id }, data: { etag: null, checksum: null } });
    const { options, outcomes } = reporting();
    expect(await verifyFiles(system, { to: "main" }, options)).toMatchObject({ problems: 3 });
    expect(outcomes()).toEqual({
      [changed.fileKey]: "DIFFERS",
      [shortened.fileKey]: "DIFFERS",
      [gone.fileKey]: "MISSING",
      [unproven.fileKey]: "UNPROVEN",
    });
    expect(await verify("main", true)).toMatchObject({ counts: { outcomes: { MISMATCH: 1, DIFFERS: 1, MISSING: 1, UNPROVEN: 1 } } });
    await expect(leave()).rejects.toThrow("found differences");
    expect(await keysIn(other)).toHaveLength(4);
  });

  test("deletes nothing without the bucket's name, with a file still there, or a copy after the check; and nothing unknown ever", async () => {
    const file = await wholeFile(organization, { store: "other" });
    await verify("main");
    await expect(leave(mainPlace.bucket)).rejects.toThrow("--confirm sidecar-other");
    await expect(leave()).rejects.toThrow("1 files still lie");
    await copy("main");
    await expect(leave()).rejects.toThrow("younger than the last verify");
    const lost = await createMediaFile(organization, { state: "MISSING" });
    const purged = await createMediaFile(organization, { state: "PURGED", store: "other" });
    for (const key of [lost.fileKey, purged.fileKey, "strange.txt"])
      await putObject(key, randomBytes(10), { contentType: undefined }, other);
    await verify("main");
    const dry = await deleteOldObjects(system, { confirm: other.bucket, dryRun: true }, {});
    expect(dry.counts.outcomes).toEqual({ WOULD_DELETE: 2, UNKNOWN: 2 });
    store.onRequest = ({ operation }) =>
      operation === "DeleteObjects" ? { kind: "error-after", status: 503, code: "SlowDown" } : undefined;
    await expect(leave()).rejects.toThrow("can't be reached");
    store.onRequest = undefined;
    expect((await leave()).counts.outcomes).toEqual({ UNKNOWN: 2 });
    expect(await keysIn(other)).toEqual([lost.fileKey, "strange.txt"].toSorted());
    expect(await headObject(file.fileKey)).not.toBeNull();
    expect(await db.mediaFile.count({ where: { store: "other" } })).toBe(0);
  });

  test("copies the trash and exports too, and deletes them only where the copy lies or their time is over", async () => {
    for (const key of ["exports/a.tar", "trash/1/x", "trash/2/y", "trash/3/z", "exports/b.tar"])
      await putObject(key, randomBytes(100), { contentType: undefined }, other);
    expect((await copy("main")).counts.outcomes).toEqual({ COPIED: 5 });
    expect((await copy("main")).counts.outcomes).toEqual({ SAME: 5 });
    for (const key of ["trash/2/y", "trash/3/z", "exports/b.tar"]) await deleteObject(key);
    // Their time was over before the old bucket was left.
    const purged = { trashKey: "trash/3/z", fileKey: "z", bytes: 100n, purgeAfter: new Date(0), purgedAt: new Date() };
    await db.trashedObject.create({ data: purged });
    const over = { organizationId: organization.id, fileKey: "exports/b.tar", partSize: 100, state: "EXPIRED" as const };
    await db.storageExport.create({ data: over });
    await verify("main");
    expect((await leave()).counts.outcomes).toEqual({ DELETED: 4, UNKNOWN: 1 });
    expect(await keysIn(other)).toEqual(["trash/2/y"]);
  });

  test("refuses two names of one bucket", async () => {
    await expect(assertTwoBuckets({ source: mainPlace, target: { ...mainPlace, name: "alias" } })).rejects.toThrow("one and the same");
    expect(await keysIn(mainPlace)).toEqual([]);
  });
});

describe("two moves at once", () => {
  test("one works; a dead one's place is taken, and it changes nothing when it wakes", async () => {
    const file = await wholeFile(organization);
    let woken: { outcome: string } | null = null;
    store.onRequest = async ({ operation, bucket }) => {
      if (operation !== "PutObject" || bucket !== other.bucket || woken) return undefined;
      await expect(verify("other")).rejects.toThrow("Another move is under way");
      await db.storageMove.updateMany({ data: { heartbeatAt: new Date(Date.now() - HOUR) } });
      woken = { outcome: "taken" };
      await verify("other");
      return undefined;
    };
    await expect(copy("other")).rejects.toThrow("taken the place");
    store.onRequest = undefined;
    const rows = await db.storageMove.findMany({ orderBy: { startedAt: "asc" } });
    expect(rows.map(({ phase, state }) => `${phase} ${state}`)).toEqual(["copy FAILED", "verify DONE"]);
    expect((await db.mediaFile.findUniqueOrThrow({ where: { id: file.id } })).store).toBe("main");
    expect(bareEtag((await findObject(file.fileKey))?.etag ?? "")).not.toBe("");
  });
});
