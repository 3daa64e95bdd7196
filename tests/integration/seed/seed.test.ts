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

test("sends an object again that the bucket has lost", async () => {
  const file = await db.mediaFile.findFirstOrThrow({ where: { kind: "THUMBNAIL" } });
  await deleteObject(file.fileKey);
  await seed();
  expect(await findObject(file.fileKey)).not.toBeNull();
});
