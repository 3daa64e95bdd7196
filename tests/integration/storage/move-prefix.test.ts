import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { putObject } from "@/lib/clients/object-store";
import { getQueue } from "@/lib/clients/queue";
import { mainPlace } from "@/lib/clients/store-place";
import { HOUR } from "@/lib/core/clock";
import { variantKey } from "@/lib/core/object-key";
import { db } from "@/lib/db";
import { ledgerSelect } from "@/lib/data/media-file";
import { restoreVariants } from "@/lib/services/image-service";
import { deleteOldPrefix } from "@/lib/services/storage-leftover-service";
import { copyFiles } from "@/lib/services/storage-migration-service";
import { movePrefix } from "@/lib/services/storage-prefix-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createMediaFile, createOrganization, system, unique } from "../../support/factories";
import { store } from "../../support/local-stack";
import { picture } from "../../support/uploads";
import { keysIn, largeFile, other, pictureFile, reporting, startMoves, unreadable, wholeFile } from "./move-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let from: string;
let to: string;

beforeEach(async () => {
  await startMoves();
  organization = await createOrganization();
  from = organization.storagePrefix;
  to = `organizations/${unique("moved")}/`;
});

const moved = (key: string) => to + key.slice(from.length);
const move = () => movePrefix(system, { from, to }, {});
const letAddressesDie = () => store.clock.advance(5 * HOUR);

describe("a move to another prefix", () => {
  test("gives files and their sizes new keys, sends new uploads there, and keeps the old objects until no address is good", async () => {
    const video = await wholeFile(organization);
    const large = await largeFile(organization);
    const picture = await pictureFile(organization);
    const elsewhere = await wholeFile(organization, { store: "other" });
    const old = await keysIn(mainPlace);
    const dry = await movePrefix(system, { from, to, dryRun: true }, {});
    expect(dry.counts.outcomes).toEqual({ WOULD_MOVE: 4 });
    expect(await keysIn(mainPlace)).toEqual(old);

    const { counts, problems } = await move();
    expect({ outcomes: counts.outcomes, problems }).toEqual({ outcomes: { MOVED: 4, WAITING: 6 }, problems: 0 });
    expect(await db.organization.findUniqueOrThrow({ where: { id: organization.id } })).toMatchObject({ storagePrefix: to });
    const { derived, fileKey } = await db.mediaFile.findUniqueOrThrow({
      where: { id: picture.id },
      include: { derived: { orderBy: { width: "asc" } } },
    });
    expect(fileKey).toBe(moved(picture.fileKey));
    expect(derived.map((size) => size.fileKey)).toEqual([320, 640].map((width) => variantKey(fileKey, { access: "public", width })));
    expect(await unreadable()).toEqual([]);
    expect(await keysIn(mainPlace)).toEqual([...old, ...old.map(moved)].toSorted());

    letAddressesDie();
    await deleteOldPrefix(system, { from, to });
    expect(await keysIn(mainPlace)).toEqual(old.map(moved).toSorted());
    expect(await keysIn(other)).toEqual([moved(elsewhere.fileKey)]);
    expect(await unreadable()).toEqual([]);
    expect(await db.mediaFile.count({ where: { id: { in: [video.id, large.id] }, fileKey: { startsWith: to } } })).toBe(2);
  });

  test("leaves what is under way, taken, torn apart, frozen, wrong or another organization's, and names it", async () => {
    const pending = await createMediaFile(organization, { state: "PENDING", reservedUntil: new Date(Date.now() + HOUR) });
    const taken = await wholeFile(organization);
    await putObject(moved(taken.fileKey), randomBytes(3), { contentType: undefined });
    const owned = await wholeFile(organization);
    const owner = await wholeFile(organization, { fileKey: moved(owned.fileKey) });
    const torn = await wholeFile(organization, { parentId: owner.id });
    const frozen = await wholeFile(organization, { tier: "ARCHIVED", store: "archive" });
    const wrong = await wholeFile(organization, { etag: '"0"' });
    const gone = await createMediaFile(organization);
    const lost = await createMediaFile(organization, { state: "MISSING" });
    const strange = `${from}private/video/strange.mp4`;
    await putObject(strange, randomBytes(3), { contentType: undefined });
    const before = await keysIn(mainPlace);
    const { options, outcomes } = reporting();
    await movePrefix(system, { from, to }, options);
    expect(outcomes()).toEqual({
      [pending.fileKey]: "PENDING",
      [taken.fileKey]: "TAKEN",
      [owned.fileKey]: "TAKEN",
      [torn.fileKey]: "SPLIT",
      [frozen.fileKey]: "ARCHIVED",
      [wrong.fileKey]: "DIFFERS",
      [gone.fileKey]: "MISSING",
      [lost.fileKey]: "MOVED",
      [strange]: "UNKNOWN",
    });
    expect(await keysIn(mainPlace)).toEqual(before);

    const neighbour = await createOrganization();
    await expect(movePrefix(system, { from: to, to: neighbour.storagePrefix }, {})).rejects.toThrow("another organization");
    const free = await wholeFile(organization);
    const foreign = reporting();
    await movePrefix(system, { from, to: `${neighbour.storagePrefix}theirs/` }, foreign.options);
    expect(foreign.outcomes()[free.fileKey]).toBe("TAKEN");
  });

  test("deletes the old object of a file that went on to another bucket, after a job that came too early as well", async () => {
    const file = await wholeFile(organization);
    await move();
    await copyFiles(system, { to: "other" }, {});
    const before = await (await getQueue()).findJobs("storage-leftovers");
    await deleteOldPrefix(system, { from, to });
    expect(await keysIn(mainPlace)).toContain(file.fileKey);
    expect((await (await getQueue()).findJobs("storage-leftovers")).length).toBe(before.length + 1);
    letAddressesDie();
    await deleteOldPrefix(system, { from, to });
    expect(await keysIn(mainPlace)).toEqual([moved(file.fileKey)]);
    expect(await unreadable()).toEqual([]);
  });

  test("lets no sizes of a picture be made under the key that it has just left", async () => {
    const body = await picture();
    const file = await wholeFile(organization, {
      kind: "THUMBNAIL",
      fileKey: `${from}private/thumbnail/${crypto.randomUUID()}.png`,
      bytes: BigInt(body.length),
      checksum: null,
    });
    await putObject(file.fileKey, body, { contentType: "image/png" });
    const row = () => db.mediaFile.findUniqueOrThrow({ where: { id: file.id }, select: ledgerSelect });
    store.onRequest = async ({ operation }) => {
      if (operation !== "GetObject") return undefined;
      store.onRequest = undefined;
      expect((await move()).counts.outcomes).toMatchObject({ MOVED: 1 });
      return undefined;
    };
    expect(await restoreVariants(await row())).toBe(false);
    expect(await db.mediaFile.count({ where: { fileKey: { startsWith: from } } })).toBe(0);
    expect(await restoreVariants(await row())).toBe(true);
    expect(await unreadable()).toEqual([]);
  });

  test("leaves no copy of a file that is purged while it is copied, and finishes an upload that was under way the next time", async () => {
    const purged = await wholeFile(organization, { state: "RELEASED", purgeAfter: new Date(Date.now() - 1_000) });
    const late = await wholeFile(organization, { state: "PENDING", reservedUntil: new Date(Date.now() + HOUR) });
    let copied = false;
    store.onRequest = async ({ operation, key }) => {
      const isLookedAt = copied && key === moved(purged.fileKey);
      copied = operation === "CopyObject" || (copied && !isLookedAt);
      if (isLookedAt) await purgeFile(system, { organizationId: organization.id, mediaFileId: purged.id });
      return undefined;
    };
    expect((await move()).counts.outcomes).toEqual({ CHANGED: 1, PENDING: 1 });
    store.onRequest = undefined;
    expect(await keysIn(mainPlace)).toEqual([late.fileKey]);
    await db.mediaFile.update({ where: { id: late.id }, data: { state: "READY" } });
    expect((await move()).counts.outcomes).toEqual({ MOVED: 1, WAITING: 1 });
    letAddressesDie();
    expect((await move()).counts.outcomes).toEqual({ DELETED: 1 });
    expect(await keysIn(mainPlace)).toEqual([moved(late.fileKey)]);
  });
});
