import { Client } from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { deleteObject, putObject } from "@/lib/clients/object-store";
import { DAY, HOUR } from "@/lib/core/clock";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db";
import { comparisonSchema } from "@/lib/schemas/storage-replica";
import { compareReplica } from "@/lib/services/replica-comparison-service";
import { createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { createManyFiles } from "../../support/many-files";
import { compare, drain, isSame, keysOf, note, notes, replica, startAnew, storedFile } from "./replica-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
});

const putCopy = (key: string) => putObject(key, Buffer.from("of no file"), { contentType: "video/mp4" }, replica);

/** Files whose copies lie in the replica. */
async function copied(count: number) {
  const files = await Promise.all(Array.from({ length: count }, () => storedFile(organization)));
  await compare();
  await drain();
  // Copied before any listing that is made now.
  await db.replicaObject.updateMany({ data: { copiedAt: new Date(Date.now() - HOUR) } });
  return files;
}

describe("a comparison", () => {
  test("fills the list of an existing bucket page by page, can be interrupted anywhere, and changes nothing the second time", async () => {
    await createManyFiles((sql, values) => db.$executeRawUnsafe(sql, ...values), organization.id, { courses: 1, files: 20_000 });
    const query = vi.spyOn(Client.prototype, "query");
    let state = comparisonSchema.parse({});
    let due = 0;
    let slices = 0;
    // Each slice has the time for one page.
    for (let more = true; more; slices += 1) {
      let asked = 0;
      const until = Object.assign(new Date(), { getTime: () => (asked++ === 0 ? Number.MAX_SAFE_INTEGER : 0) });
      const { rest, counts } = await compareReplica(state, until);
      due += counts.due;
      more = rest !== null;
      if (rest) state = rest;
    }
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(due).toBe(20_000);
    expect(slices).toBeLessThan(50);
    expect(statements).toBeLessThan(50 + slices);
    expect(await db.replicaObject.count({ where: { state: "PENDING" } })).toBe(20_000);
    expect(await compare()).toMatchObject({ due: 0, doomed: 0, lost: 0 });
  }, 60_000);

  test("has an object copied anew that is another one by now, and leaves frozen ones as they are", async () => {
    const [changed, archived] = await copied(2);
    if (!changed || !archived) throw new Error("There are no files.");
    const never = await storedFile(organization);
    await compare();
    await db.mediaFile.update({ where: { id: never.id }, data: { tier: "ARCHIVED", storageClass: "GLACIER" } });
    expect(await drain()).toMatchObject({ dropped: 1, failed: 0 });
    await putObject(changed.fileKey, Buffer.from("made again"), { contentType: "video/mp4" });
    await db.mediaFile.update({
      where: { id: changed.id },
      data: { bytes: 10n, checksum: null, etag: '"8b5bd3a9b2c9bd0e2ff0b1a7e9d6a0e7"' },
    });
    await db.mediaFile.update({ where: { id: archived.id }, data: { tier: "ARCHIVED", storageClass: "GLACIER", etag: '"another"' } });
    expect(await compare()).toMatchObject({ due: 1, lost: 0 });
    expect(await notes()).toEqual({ [archived.fileKey]: "COPIED", [changed.fileKey]: "PENDING" });
    // What lies there must be the object that the ledger names.
    vi.spyOn(logger, "warn").mockReturnValue();
    expect(await drain()).toMatchObject({ failed: 1 });
    expect((await note(changed.fileKey))?.lastError).toContain("another one than the database knows");
    await db.mediaFile.update({ where: { id: changed.id }, data: { etag: null } });
    await db.replicaObject.updateMany({ data: { nextTryAt: new Date(0) } });
    expect(await drain()).toMatchObject({ copied: 1 });
    expect(await isSame(changed.fileKey)).toBe(true);
  });

  test("has the copy deleted of what was purged unnoticed, has no row, or has another key now", async () => {
    const [purged, erased, moved, kept] = await copied(4);
    if (!purged || !erased || !moved || !kept) throw new Error("There are no files.");
    await db.mediaFile.update({ where: { id: purged.id }, data: { state: "PURGED" } });
    await db.mediaFile.delete({ where: { id: erased.id } });
    const body = Buffer.alloc(100, 7);
    const fileKey = `${organization.storagePrefix}private/video/moved.mp4`;
    await putObject(fileKey, body, { contentType: "video/mp4" });
    await db.mediaFile.update({ where: { id: moved.id }, data: { fileKey, etag: null, checksum: null } });
    expect(await compare()).toMatchObject({ due: 1, doomed: 3 });
    expect(await drain()).toMatchObject({ copied: 1, deleted: 3 });
    expect((await keysOf()).toSorted()).toEqual([fileKey, kept.fileKey].toSorted());
  });

  test("has copied again what the replica has lost", async () => {
    const files = await copied(3);
    const [lost] = files;
    if (!lost) throw new Error("There are no files.");
    await deleteObject(lost.fileKey, replica);
    expect(await compare()).toMatchObject({ due: 0, lost: 1 });
    expect(await drain()).toMatchObject({ copied: 1 });
    expect(await keysOf()).toHaveLength(3);
  });

  test("has an old object deleted that nothing explains, but no young one, none of others, and not many at once", async () => {
    const files = await copied(60);
    const strange = `${organization.storagePrefix}private/video/strange.mp4`;
    await putCopy(strange);
    await putCopy("backups/of-another-program.tar");
    expect(await compare()).toMatchObject({ strange: 0, doomed: 0 });
    store.clock.advance(8 * DAY);
    expect(await compare()).toMatchObject({ strange: 1, doomed: 1, kept: 0 });
    expect(await drain()).toMatchObject({ deleted: 1 });
    expect(await keysOf()).toHaveLength(61);

    // A database of another installation, or an empty one.
    await db.replicaObject.deleteMany();
    await db.mediaFile.deleteMany();
    const alarm = vi.spyOn(logger, "error").mockReturnValue();
    expect(await compare()).toMatchObject({ strange: files.length, kept: files.length, doomed: 0 });
    expect(alarm).toHaveBeenCalledOnce();
    expect(await drain()).toMatchObject({ deleted: 0 });
    expect(await keysOf()).toHaveLength(61);
  });
});
