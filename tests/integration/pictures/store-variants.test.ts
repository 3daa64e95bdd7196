import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deleteObject, putObject } from "@/lib/clients/object-store";
import { HOUR } from "@/lib/core/clock";
import { listPicturesWithoutSizes } from "@/lib/data/media-variant";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { restoreVariants } from "@/lib/services/image-service";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { releaseFile } from "@/lib/services/storage-release-service";
import { purgeFile } from "@/lib/services/storage-service";
import { cancelUpload, completeUpload } from "@/lib/services/upload-completion-service";
import { createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { picture, upload } from "../../support/uploads";
import { accountOf, finishedPicture } from "./picture";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

afterEach(() => {
  store.onRequest = undefined;
});

const refuse = { kind: "error", status: 403, code: "AccessDenied" } as const;
const isVariant = (key: string) => /-w\d+\.webp$/.test(key);
const begun = async (kind: "THUMBNAIL" | "POSTER" = "THUMBNAIL") => {
  const { mediaFileId, fileKey } = await upload(author, kind, "cover.png", await picture("png", 800, 450));
  return { mediaFileId, fileKey };
};

/** The picture and its sizes are finished, everything is in the bucket, and every byte is accounted for once. */
async function expectFinished(mediaFileId: string) {
  const { rows, objects, sums, ledger } = await accountOf(organization);
  expect(rows.map(({ state }) => state)).toEqual(["READY", "READY", "READY", "READY"]);
  expect(rows.filter(({ parentId }) => parentId === mediaFileId).map(({ width }) => width)).toEqual([320, 640, 800]);
  expect(objects).toEqual(rows.map(({ fileKey }) => fileKey).sort());
  expect(sums).toEqual(ledger);
  expect(sums.reserved).toBe(0);
}

async function expectNothingLeft() {
  const { rows, objects, sums } = await accountOf(organization);
  expect({ rows, objects, sums }).toEqual({ rows: [], objects: [], sums: { used: 0, reserved: 0 } });
}

describe("a picture's sizes after a crash", () => {
  test.each([1, 2, 3])("of the %d. of them being stored: the next try finishes, and nothing is counted twice", async (fatal) => {
    const { mediaFileId } = await begun();
    let puts = 0;
    store.onRequest = ({ operation, key }) => {
      if (operation === "PutObject" && isVariant(key)) puts += 1;
      return operation === "PutObject" && puts === fatal ? refuse : undefined;
    };
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const { rows, sums, ledger } = await accountOf(organization);
    expect(rows.map(({ state }) => state)).toEqual(["PENDING", "PENDING", "PENDING", "PENDING"]);
    expect(sums).toEqual(ledger);
    store.onRequest = undefined;
    await completeUpload(author, { mediaFileId });
    await expectFinished(mediaFileId);
  });

  test("before the first of them: nothing was reserved, and the next try finishes", async () => {
    const { mediaFileId, fileKey } = await begun();
    let reads = 0;
    store.onRequest = ({ operation, key }) => {
      if (operation === "GetObject" && key === fileKey) reads += 1;
      return operation === "GetObject" && reads > 2 ? refuse : undefined;
    };
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await accountOf(organization)).rows).toHaveLength(1);
    store.onRequest = undefined;
    await completeUpload(author, { mediaFileId });
    await expectFinished(mediaFileId);
  });

  test("of which nothing was heard again: giving up the upload deletes them and gives all bytes back", async () => {
    const { mediaFileId } = await begun();
    let puts = 0;
    store.onRequest = ({ operation }) => {
      if (operation === "PutObject") puts += 1;
      return puts === 3 ? refuse : undefined;
    };
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    await cancelUpload(author, { mediaFileId });
    await expectNothingLeft();
  });

  test("that had made another size: it is replaced", async () => {
    const { mediaFileId, fileKey } = await begun();
    const old = fileKey.replace("private", "public").replace(".png", "-w200.webp");
    await putObject(old, new Uint8Array(900), { contentType: "image/webp" });
    const scope = { organizationId: organization.id };
    const row = { kind: "THUMBNAIL", fileName: "cover-200.webp", declaredType: "image/webp", bytes: 900n } as const;
    await db.mediaFile.create({ data: { ...scope, ...row, fileKey: old, parentId: mediaFileId } });
    await db.storageAccount.update({ where: scope, data: { reservedBytes: { increment: 900n } } });
    await completeUpload(author, { mediaFileId });
    await expectFinished(mediaFileId);
  });
});

describe("a picture's sizes in company", () => {
  test("completing twice at once makes one set of them", async () => {
    const { mediaFileId } = await begun();
    await Promise.all([completeUpload(author, { mediaFileId }), completeUpload(author, { mediaFileId })]);
    await completeUpload(author, { mediaFileId });
    await expectFinished(mediaFileId);
  });

  test("an upload that is given up while they are being stored leaves nothing behind", async () => {
    const { mediaFileId } = await begun();
    let cancelled: Promise<void> | undefined;
    store.onRequest = async ({ operation, key }) => {
      if (operation !== "PutObject" || !isVariant(key)) return undefined;
      cancelled ??= cancelUpload(author, { mediaFileId });
      await cancelled;
      return undefined;
    };
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "GONE" });
    await expectNothingLeft();
  });

  test("without room for them the upload waits as it is, and is finished when there is room", async () => {
    const { mediaFileId } = await begun();
    const where = { organizationId: organization.id };
    const { reservedBytes, limitBytes } = await db.storageAccount.findUniqueOrThrow({ where });
    await db.storageAccount.update({ where, data: { limitBytes: reservedBytes + 10n } });
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    const { rows, objects, sums, ledger } = await accountOf(organization);
    expect(rows).toMatchObject([{ id: mediaFileId, state: "PENDING" }]);
    expect(objects).toHaveLength(1);
    expect(sums).toEqual(ledger);
    await db.storageAccount.update({ where, data: { limitBytes } });
    await completeUpload(author, { mediaFileId });
    await expectFinished(mediaFileId);
  });
});

describe("later", () => {
  test("purging a picture purges its sizes and gives all bytes back", async () => {
    const { id: mediaFileId } = await finishedPicture(author, "THUMBNAIL");
    await expectFinished(mediaFileId);
    await inTransaction((tx) => releaseFile(tx, author, mediaFileId));
    await db.mediaFile.update({ where: { id: mediaFileId }, data: { purgeAfter: new Date(Date.now() - 1000) } });
    expect(await purgeFile(system, { organizationId: organization.id, mediaFileId })).toBe(true);
    await expectNothingLeft();
  });

  test("sizes that were lost, or never made, are made again; a picture that is gone gets none", async () => {
    const file = await finishedPicture(author, "THUMBNAIL");
    await db.mediaFile.update({ where: { id: file.id }, data: { blurDataUrl: null } });
    await restoreVariants(file);
    await restoreVariants(file);
    await expectFinished(file.id);
    expect(await db.mediaFile.findUnique({ where: { id: file.id } })).toMatchObject({
      blurDataUrl: expect.stringMatching(/^data:/) as string,
    });
    await inTransaction((tx) => releaseFile(tx, author, file.id));
    const puts = store.traffic.of("PutObject").requests;
    await restoreVariants(file);
    expect(store.traffic.of("PutObject").requests).toBe(puts);
  });
});

describe("the clean-up", () => {
  const withoutSizes = (id: string) =>
    db.mediaFile.updateMany({ where: { parentId: id }, data: { state: "PURGED", purgedAt: new Date() } });

  test("makes the sizes of pictures that have none or an unfinished one, and leaves whole ones alone", async () => {
    const [whole, never, unfinished] = [
      await finishedPicture(author, "THUMBNAIL"),
      await finishedPicture(author, "THUMBNAIL"),
      await finishedPicture(author, "POSTER"),
    ];
    const { sums: before } = await accountOf(organization);
    const { bytes } = await db.mediaFile.findFirstOrThrow({ where: { parentId: never.id, width: 320 } });
    const rest = await db.mediaFile.aggregate({ where: { parentId: never.id }, _sum: { bytes: true } });
    await withoutSizes(never.id);
    await db.mediaFile.updateMany({ where: { parentId: unfinished.id, width: 320 }, data: { state: "PENDING" } });
    await db.storageAccount.update({
      where: { organizationId: organization.id },
      data: { usedBytes: { decrement: (rest._sum.bytes ?? 0n) + bytes }, reservedBytes: { increment: bytes } },
    });
    const puts = store.traffic.of("PutObject").requests;
    expect(await cleanupStorage(system)).toMatchObject({ restored: 2, failed: 0 });
    expect(store.traffic.of("PutObject").requests - puts).toBe(6);
    const { rows, objects, sums, ledger } = await accountOf(organization);
    expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => "READY"));
    expect(rows.filter(({ parentId }) => parentId === whole.id)).toHaveLength(3);
    expect(objects).toEqual(rows.map(({ fileKey }) => fileKey).sort());
    expect(sums).toEqual(ledger);
    expect(sums).toEqual(before);
    expect(await cleanupStorage(system)).toMatchObject({ restored: 0 });
  });

  test("counts a picture that can't be treated, and has others come before it the next time", async () => {
    const [broken, other] = [await finishedPicture(author, "THUMBNAIL"), await finishedPicture(author, "THUMBNAIL")];
    const lastTouched = (id: string, hoursAgo: number) =>
      db.mediaFile.update({ where: { id }, data: { updatedAt: new Date(Date.now() - hoursAgo * HOUR) } });
    await lastTouched(broken.id, 2);
    await lastTouched(other.id, 1);
    await withoutSizes(broken.id);
    await deleteObject(broken.fileKey);
    expect(await cleanupStorage(system)).toMatchObject({ restored: 0, failed: 1 });
    await withoutSizes(other.id);
    expect((await listPicturesWithoutSizes(2)).map(({ id }) => id)).toEqual([other.id, broken.id]);
    await db.mediaFile.update({ where: { id: broken.id }, data: { state: "PURGED" } });
  });
});
