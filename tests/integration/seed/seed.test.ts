import { beforeAll, expect, test } from "vitest";
import { findObject, deleteObject } from "@/lib/clients/object-store";
import { db } from "@/lib/db";
import { seed } from "@/prisma/seed";
import { store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";

const counts = async () => ({
  users: await db.user.count(),
  members: await db.member.count(),
  courses: await db.course.count(),
  lessons: await db.lesson.count(),
  files: await db.mediaFile.count(),
  enrolments: await db.enrolment.count(),
  events: await db.progressEvent.count(),
  progress: await db.lessonProgress.count(),
  usageDays: await db.storageUsageDay.count(),
});

const organizations = () => db.organization.findMany({ where: { slug: { in: ["northwind", "harbour-pine"] } } });

let first: Awaited<ReturnType<typeof counts>>;

beforeAll(async () => {
  await seed();
  first = await counts();
});

test("makes two organizations with people of every role, courses, media and progress", async () => {
  expect(await organizations()).toHaveLength(2);
  for (const { id } of await organizations()) {
    const roles = await db.member.groupBy({ by: ["role"], where: { organizationId: id }, _count: true });
    expect(new Set(roles.map(({ role }) => role))).toEqual(new Set(["owner", "admin", "instructor", "learner"]));
    expect(roles.find(({ role }) => role === "learner")?._count).toBeGreaterThanOrEqual(3);
    expect(await db.enrolment.count({ where: { organizationId: id, completedAt: { not: null } } })).toBeGreaterThanOrEqual(1);
    expect(await db.lesson.count({ where: { organizationId: id, videoId: { not: null } } })).toBeGreaterThanOrEqual(2);
  }
  expect(
    await db.user.count({
      where: {
        memberships: { some: { organization: { slug: "northwind" } } },
        AND: { memberships: { some: { organization: { slug: "harbour-pine" } } } },
      },
    }),
  ).toBe(1);
  expect(await db.user.findUnique({ where: { email: "platform@sidecar.test" } })).toMatchObject({ role: "admin", emailVerified: true });
});

test("accounts for every file, and every file lies in the bucket", async () => {
  for (const { id } of await organizations()) {
    const { used, reserved, ledger } = await storageOf(id);
    expect({ used, reserved }).toEqual(ledger);
    expect(used).toBeGreaterThan(500_000);
    // Plots end at what there is.
    const days = await db.storageUsageDay.findMany({ where: { organizationId: id }, orderBy: { day: "asc" } });
    expect(days).toHaveLength(120);
    expect(Number(days.at(-1)?.usedBytes)).toBe(used);
    for (const file of await db.mediaFile.findMany({ where: { organizationId: id } })) {
      expect(await findObject(file.fileKey)).toMatchObject({ bytes: Number(file.bytes) });
    }
  }
  expect(await db.mediaFile.count({ where: { kind: "VIDEO", durationMs: null } })).toBe(0);
});

test("a second run doubles nothing, undoes nothing and uploads nothing", async () => {
  const course = await db.course.findFirstOrThrow({ where: { slug: "your-first-campaign" } });
  await db.course.update({ where: { id: course.id }, data: { title: "Renamed by an author" } });
  const uploaded = store.traffic.of("PutObject").requests;
  await seed();
  expect(await counts()).toEqual(first);
  expect(store.traffic.of("PutObject").requests).toBe(uploaded);
  expect(await db.course.findUnique({ where: { id: course.id } })).toMatchObject({ title: "Renamed by an author" });
  for (const { id } of await organizations()) {
    const { used, reserved, ledger } = await storageOf(id);
    expect({ used, reserved }).toEqual(ledger);
  }
});

test("makes the sizes of every thumbnail, and keeps the originals to itself", async () => {
  const thumbnails = await db.mediaFile.findMany({ where: { kind: "THUMBNAIL", parentId: null }, include: { derived: true } });
  expect(thumbnails).toHaveLength(7);
  for (const { fileKey, blurDataUrl, derived } of thumbnails) {
    expect(fileKey).toContain("/private/");
    expect(blurDataUrl).toMatch(/^data:image/);
    expect(derived.map(({ width, state }) => [width, state])).toEqual([320, 640, 960, 1280].map((width) => [width, "READY"]));
    for (const variant of derived) expect(variant.fileKey).toContain("/public/");
  }
});

test("sends again what the bucket has lost: an original, and one size of a picture", async () => {
  const thumbnail = await db.mediaFile.findFirstOrThrow({ where: { kind: "THUMBNAIL", parentId: null }, include: { derived: true } });
  const lost = [thumbnail.fileKey, thumbnail.derived[1]?.fileKey ?? ""];
  for (const key of lost) await deleteObject(key);
  await seed();
  for (const key of lost) expect(await findObject(key)).not.toBeNull();
  expect(await counts()).toEqual(first);
});

test("gives sizes to a thumbnail of a time when there were none, where it lies", async () => {
  const old = await db.mediaFile.findFirstOrThrow({ where: { kind: "THUMBNAIL", parentId: null }, include: { derived: true } });
  const { organizationId } = old;
  const bytes = old.derived.reduce((sum, variant) => sum + variant.bytes, 0n);
  for (const { fileKey } of old.derived) await deleteObject(fileKey);
  await db.mediaFile.deleteMany({ where: { parentId: old.id } });
  await db.storageAccount.update({ where: { organizationId }, data: { usedBytes: { decrement: bytes } } });
  const fileKey = old.fileKey.replace("/private/", "/public/");
  await db.mediaFile.update({ where: { id: old.id }, data: { fileKey, blurDataUrl: null } });
  await seed();
  const now = await db.mediaFile.findUniqueOrThrow({ where: { id: old.id }, include: { derived: true } });
  expect(now).toMatchObject({ fileKey, state: "READY", blurDataUrl: old.blurDataUrl });
  expect(now.derived.map((variant) => variant.state)).toEqual(["READY", "READY", "READY", "READY"]);
  for (const variant of now.derived) expect(await findObject(variant.fileKey)).not.toBeNull();
  const { used, reserved, ledger } = await storageOf(organizationId);
  expect({ used, reserved }).toEqual(ledger);
});
