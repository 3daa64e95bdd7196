import { beforeEach, describe, expect, test, vi } from "vitest";
import { listBegunUploads } from "@/lib/clients/bucket";
import { findObject, putObject } from "@/lib/clients/object-store";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import { logger } from "@/lib/core/logger";
import { findReplica, isReplicaLate, retryReplicas } from "@/lib/services/replica-report-service";
import { releaseFile } from "@/lib/services/storage-release-service";
import { purgeFile } from "@/lib/services/storage-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { createMember, createOrganization, createPlatformActor, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { picture, upload } from "../../support/uploads";
import {
  compare,
  drain,
  isSame,
  keysOf,
  largeFile,
  letTimePass,
  note,
  notes,
  PART,
  replica,
  startAnew,
  storedFile,
  watchReplica,
} from "./replica-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  vi.spyOn(logger, "warn");
});

/** The store's answer to what the replica's bucket is asked. */
function replicaAnswers(operation: string | null, status: number, code: string): void {
  store.onRequest = (seen) =>
    seen.bucket === replica.bucket && (operation === null || seen.operation === operation) ? { kind: "error", status, code } : undefined;
}

/** A time that is over once the parts of an object are to be sent. */
function overAtTheFirstPart(): Date {
  const before = store.onRequest;
  let over = false;
  store.onRequest = (seen) => {
    if (seen.bucket === replica.bucket && seen.operation === "CreateMultipartUpload") over = true;
    return before?.(seen);
  };
  return Object.assign(new Date(), { getTime: () => (over ? 0 : Number.MAX_SAFE_INTEGER) });
}

describe("the replica", () => {
  test("gets every object of an upload as it is finished, with its headers, and loses them when it is purged", async () => {
    const author = await createMember(organization, "instructor");
    const { id } = await completeUpload(author, await upload(author, "THUMBNAIL", "cover.png", await picture("png", 800, 450)));
    const rows = await db.mediaFile.findMany({ where: { state: "READY" } });
    expect(await notes()).toEqual(Object.fromEntries(rows.map(({ fileKey }) => [fileKey, "PENDING"])));
    expect(await drain()).toMatchObject({ copied: 4, failed: 0 });
    for (const { fileKey } of rows) {
      expect(await isSame(fileKey)).toBe(true);
      const { bytes, contentType, cacheControl } = (await findObject(fileKey)) ?? {};
      expect(await findObject(fileKey, replica)).toMatchObject({ bytes, contentType, cacheControl });
    }
    expect(await drain()).toMatchObject({ copied: 0, recognised: 0 });

    await inTransaction((tx) => releaseFile(tx, author, id));
    await db.mediaFile.update({ where: { id }, data: { purgeAfter: new Date(0) } });
    await purgeFile(system, { organizationId: organization.id, mediaFileId: id });
    expect(new Set(Object.values(await notes()))).toEqual(new Set(["DOOMED"]));
    expect(await drain()).toMatchObject({ deleted: 4 });
    expect([await keysOf(), await notes()]).toEqual([[], {}]);
  });

  test("gets each object once, from two drains that run at once", async () => {
    await Promise.all(Array.from({ length: 24 }, () => storedFile(organization)));
    await compare();
    const seen = watchReplica();
    const [one, other] = await Promise.all([drain(), drain()]);
    expect(Number(one.copied) + Number(other.copied)).toBe(24);
    expect(Math.min(Number(one.copied), Number(other.copied))).toBeGreaterThan(0);
    expect(seen.PutObject).toBe(24);
  });

  test("is not sent what its provider has copied there by itself", async () => {
    const body = Buffer.from("replicated by rules of the provider");
    const known = await storedFile(organization, body);
    const unknown = await storedFile(organization, body, { checksum: null });
    const other = await storedFile(organization, body);
    for (const { fileKey } of [known, unknown]) await putObject(fileKey, body, { contentType: "video/mp4" }, replica);
    await putObject(other.fileKey, Buffer.from("of the same length, other words!!!!"), { contentType: "video/mp4" }, replica);
    await compare();
    const seen = watchReplica();
    expect(await drain()).toMatchObject({ recognised: 2, copied: 1 });
    expect(seen.PutObject).toBe(1);
    expect(await isSame(other.fileKey)).toBe(true);
  });

  test("goes on with a large object between two parts when the time is over", async () => {
    const { fileKey } = await largeFile(organization);
    await compare();
    const seen = watchReplica();
    const until = overAtTheFirstPart();
    expect(await drain(until)).toMatchObject({ interrupted: 1, copied: 0, failed: 0 });
    expect(await note(fileKey)).toMatchObject({ state: "PENDING", attempts: 0, lastError: null });
    expect(await drain()).toMatchObject({ copied: 1 });
    expect([seen.CreateMultipartUpload, seen.UploadPart]).toEqual([1, 3]);
    expect(await isSame(fileKey)).toBe(true);
  });
});

describe("what fails", () => {
  test("is tried again with growing pauses, and given up after ten tries until a person has it tried again", async () => {
    const [refused, fine] = [await storedFile(organization), await storedFile(organization)];
    await compare();
    store.onRequest = ({ bucket, operation, key }) =>
      bucket === replica.bucket && operation === "PutObject" && key === refused.fileKey
        ? { kind: "error", status: 403, code: "AccessDenied" }
        : undefined;
    expect(await drain()).toMatchObject({ copied: 1, failed: 1 });
    expect(await drain()).toMatchObject({ copied: 0, failed: 0 });
    const first = await note(refused.fileKey);
    expect(first).toMatchObject({ state: "PENDING", attempts: 1, lastError: "object store replica: PutObject failed: AccessDenied" });
    expect(Math.round(((first?.nextTryAt.getTime() ?? 0) - Date.now()) / 10_000)).toBe(6);
    const pauses = [];
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      await letTimePass();
      await drain();
      pauses.push(Math.round(((await note(refused.fileKey))?.nextTryAt.getTime() ?? 0) - Date.now()) / 60_000);
    }
    expect(pauses.map(Math.round)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 360]);
    expect(await notes()).toEqual({ [fine.fileKey]: "COPIED", [refused.fileKey]: "FAILED" });

    const staff = await createPlatformActor();
    expect(await isReplicaLate(staff)).toBe(true);
    expect(await findReplica(staff)).toMatchObject({
      copied: { objects: 1, bytes: 100 },
      failed: { objects: 1, bytes: 100 },
      lagSeconds: null,
      late: true,
      problems: [{ fileKey: refused.fileKey, state: "FAILED", attempts: 10 }],
    });
    store.onRequest = undefined;
    await letTimePass();
    expect(await drain()).toMatchObject({ copied: 0 });
    expect(await retryReplicas(staff, { fileKey: refused.fileKey })).toEqual({ objects: 1 });
    expect(await drain()).toMatchObject({ copied: 1 });
    expect(await isReplicaLate(staff)).toBe(false);
  });

  test.each([
    ["whole", (of: typeof organization) => storedFile(of, Buffer.from("not what was uploaded"), { checksum: `${"A".repeat(43)}=` })],
    ["in parts", (of: typeof organization) => storedFile(of, Buffer.alloc(PART + 1), { partSize: PART, checksum: `${"A".repeat(43)}=-2` })],
  ])("its proof is not put into the replica, copied %s", async (_how, make) => {
    const { fileKey } = await make(organization);
    await compare();
    expect(await drain()).toMatchObject({ copied: 0, failed: 1 });
    expect((await note(fileKey))?.lastError).toContain("the proof failed");
    expect([await keysOf(), (await listBegunUploads(null, replica)).uploads]).toEqual([[], []]);
  });

  test("with the whole replica costs no object a try, and hinders no purge", async () => {
    const [purged, waiting] = [await storedFile(organization), await storedFile(organization)];
    await compare();
    await drain();
    await db.replicaObject.update({ where: { fileKey: waiting.fileKey }, data: { state: "PENDING" } });
    replicaAnswers(null, 503, "ServiceUnavailable");
    await db.mediaFile.update({ where: { id: purged.id }, data: { state: "RELEASED", purgeAfter: new Date(0) } });
    expect(await purgeFile(system, { organizationId: organization.id, mediaFileId: purged.id })).toBe(true);
    expect(await drain()).toEqual({ replicaDown: 1 });
    expect(await notes()).toEqual({ [purged.fileKey]: "DOOMED", [waiting.fileKey]: "PENDING" });
    expect(await note(waiting.fileKey)).toMatchObject({ attempts: 0 });
    store.onRequest = undefined;
    expect(await drain()).toMatchObject({ deleted: 1, recognised: 1 });
    expect(await keysOf()).toEqual([waiting.fileKey]);
  }, 30_000);

  test("by dozens stops the drain, which leaves the others their tries", async () => {
    await Promise.all(Array.from({ length: 30 }, () => storedFile(organization)));
    await compare();
    replicaAnswers("PutObject", 403, "AccessDenied");
    const { failed } = await drain();
    expect(failed).toBeGreaterThanOrEqual(8);
    expect(failed).toBeLessThan(12);
    expect(await db.replicaObject.count({ where: { attempts: 0 } })).toBe(30 - Number(failed));
  });
});

test("a file that is purged while it is copied does not stay in the replica", async () => {
  const file = await largeFile(organization);
  await compare();
  await db.mediaFile.update({ where: { id: file.id }, data: { state: "RELEASED", purgeAfter: new Date(0) } });
  let purged = false;
  store.onRequest = async ({ bucket, operation }) => {
    if (purged || bucket !== replica.bucket || operation !== "CompleteMultipartUpload") return undefined;
    purged = await purgeFile(system, { organizationId: organization.id, mediaFileId: file.id });
    return undefined;
  };
  await drain();
  expect([purged, await notes()]).toEqual([true, { [file.fileKey]: "DOOMED" }]);
  await letTimePass();
  await drain();
  expect([await keysOf(), await notes()]).toEqual([[], {}]);
});

test("of a file that is purged before all of its parts have arrived, no part stays in the replica", async () => {
  const file = await largeFile(organization);
  await compare();
  expect(await drain(overAtTheFirstPart())).toMatchObject({ interrupted: 1 });
  expect((await listBegunUploads(null, replica)).uploads).toHaveLength(1);
  await db.mediaFile.update({ where: { id: file.id }, data: { state: "PURGED" } });
  expect(await drain()).toMatchObject({ deleted: 1 });
  expect([(await listBegunUploads(null, replica)).uploads, await notes()]).toEqual([[], {}]);
});
