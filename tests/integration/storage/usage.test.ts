import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { DAY } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { MemberActor } from "@/lib/policies/actor";
import type { FileView } from "@/lib/schemas/storage";
import { getOrganizationStorageUsage, getStorageOverview, listStorageFiles } from "@/lib/services/storage-usage-service";
import { createCourse, createEnrolment, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";

const ago = (days: number) => new Date(Date.now() - days * DAY);
const first = { page: 1 };

let organization: Awaited<ReturnType<typeof createOrganization>>;
let admin: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  admin = await createMember(organization, "admin");
});

const namesIn = async (view: FileView) => (await listStorageFiles(admin, { view, page: 1 })).items.map(({ fileName }) => fileName);

describe("the usage of an organization by its slug", () => {
  test("counts every object that lies in its part of the bucket, also beyond the thousand of one listing", async () => {
    await createMediaFile(await createOrganization(), { bytes: 77n });
    await db.mediaFile.createMany({
      data: Array.from({ length: 1_203 }, (_, index) => ({
        organizationId: organization.id,
        fileKey: `${organization.storagePrefix}private/video/${index}.mp4`,
        kind: "VIDEO" as const,
        fileName: "lesson.mp4",
        declaredType: "video/mp4",
        bytes: 1024n ** 2n,
        state: "READY" as const,
      })),
    });
    await createMediaFile(organization, { state: "RELEASED", bytes: 1024n ** 2n });
    for (const state of ["PENDING", "PURGED", "MISSING"] as const) await createMediaFile(organization, { state });
    const usage = await getOrganizationStorageUsage(organization.slug);
    expect(usage).toEqual({ bytes: 1_204 * 1024 ** 2, gigabytes: 1_204 / 1024, fileCount: 1_204 });
  });

  test("is nothing for one without files, and not found for one that does not exist", async () => {
    expect(await getOrganizationStorageUsage(organization.slug)).toEqual({ bytes: 0, gigabytes: 0, fileCount: 0 });
    await expect(getOrganizationStorageUsage("no-such-academy")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the overview", () => {
  test("says what is used, set aside and allowed", async () => {
    await createMediaFile(organization, { bytes: 256n * 1024n ** 2n });
    await createMediaFile(organization, { state: "PENDING", bytes: 512n * 1024n ** 2n });
    const { level } = await getStorageOverview(admin, first);
    expect(level).toEqual({
      usedBytes: 256 * 1024 ** 2,
      reservedBytes: 512 * 1024 ** 2,
      limitBytes: 1024 ** 3,
      maxFileBytes: null,
      maxFiles: null,
      percent: 75,
    });
  });

  test("says about what it costs where the operator has set a price, and nothing where not", async () => {
    await createMediaFile(organization, { bytes: 512n * 1024n ** 2n });
    expect((await getStorageOverview(admin, first)).cost).toBeNull();
    Object.assign(env, { STORAGE_PRICE_PER_GB_MONTH: 0.02, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: 0.004 });
    onTestFinished(() => {
      Object.assign(env, { STORAGE_PRICE_PER_GB_MONTH: undefined, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: undefined });
    });
    expect((await getStorageOverview(admin, first)).cost).toEqual({ amount: 0.01, pricePerGb: 0.02, currency: "USD" });
    await createMediaFile(organization, { bytes: 512n * 1024n ** 2n, store: "archive", tier: "ARCHIVED" });
    const { level, cold, cost } = await getStorageOverview(admin, first);
    expect([level.usedBytes, cold]).toEqual([1024 ** 3, { files: 1, bytes: 512 * 1024 ** 2 }]);
    expect(cost).toMatchObject({ coldPricePerGb: 0.004, amount: expect.closeTo(0.012, 9) as number });
  });

  test("adds up by kind, the sizes of a picture with the picture", async () => {
    const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL", bytes: 100n });
    await createMediaFile(organization, { kind: "THUMBNAIL", bytes: 30n, parentId: thumbnail.id });
    await createMediaFile(organization, { bytes: 5_000n });
    await createMediaFile(organization, { bytes: 6_000n, state: "RELEASED" });
    await createMediaFile(await createOrganization(), { bytes: 9n });
    const { kinds, total } = await getStorageOverview(admin, first);
    expect(kinds).toEqual([
      { kind: "VIDEO", files: 2, bytes: 11_000 },
      { kind: "THUMBNAIL", files: 1, bytes: 130 },
    ]);
    expect(total).toEqual({ files: 3, bytes: 11_130 });
  });

  test("adds up by course all that its lessons and its thumbnail hold, each file once, the largest course first", async () => {
    const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL", bytes: 100n });
    await createMediaFile(organization, { kind: "THUMBNAIL", bytes: 30n, parentId: thumbnail.id });
    const [video, poster, attachment] = await Promise.all([
      createMediaFile(organization, { bytes: 1_000n }),
      createMediaFile(organization, { kind: "POSTER", bytes: 200n }),
      createMediaFile(organization, { kind: "ATTACHMENT", bytes: 40n }),
    ]);
    const small = await createCourse(organization, { title: "Small", thumbnailId: thumbnail.id, status: "DRAFT" });
    const large = await createCourse(organization, { title: "Large" });
    const empty = await createCourse(organization, { title: "Empty" });
    const lesson = await createLesson(large, { videoId: video.id, posterId: poster.id });
    const second = await createLesson(large, { videoId: video.id });
    for (const { id } of [lesson, second])
      await db.lessonAttachment.create({ data: { lessonId: id, mediaFileId: attachment.id, position: 0 } });
    const { courses } = await getStorageOverview(admin, first);
    expect(courses).toMatchObject({ total: 3, page: 1 });
    expect(courses.items).toEqual([
      { id: large.id, title: "Large", status: "PUBLISHED", files: 3, bytes: 1_240 },
      { id: small.id, title: "Small", status: "DRAFT", files: 1, bytes: 130 },
      { id: empty.id, title: "Empty", status: "PUBLISHED", files: 0, bytes: 0 },
    ]);
  });

  test("is for admins and owners: an instructor is refused, another tenant's admin sees their own", async () => {
    await createMediaFile(organization);
    const instructor = await createMember(organization, "instructor");
    await expect(getStorageOverview(instructor, first)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listStorageFiles(instructor, { view: "largest", page: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stranger = await createMember(await createOrganization(), "owner");
    expect((await getStorageOverview(stranger, first)).total).toEqual({ files: 0, bytes: 0 });
    expect((await listStorageFiles(stranger, { view: "largest", page: 1 })).items).toEqual([]);
  });
});

describe("the files", () => {
  test("page by 50, the largest first, without the sizes of pictures", async () => {
    const made = Array.from({ length: 53 }, (_, index) =>
      createMediaFile(organization, { fileName: `${index}.mp4`, bytes: BigInt(index + 10) }),
    );
    const [parent] = await Promise.all(made);
    await createMediaFile(organization, { parentId: parent?.id, kind: "THUMBNAIL", bytes: 999n });
    const one = await listStorageFiles(admin, { view: "largest", page: 1 });
    const two = await listStorageFiles(admin, { view: "largest", page: 2 });
    const names = [...one.items, ...two.items].map(({ fileName }) => fileName);
    expect(names).toEqual(Array.from({ length: 53 }, (_, index) => `${52 - index}.mp4`));
    expect([one.items.length, one.total]).toEqual([50, 53]);
  });

  test("say where each is used", async () => {
    const [video, logo, loose] = await Promise.all(
      ["video.mp4", "logo.png", "loose.mp4"].map((fileName, index) =>
        createMediaFile(organization, { fileName, bytes: BigInt(9 - index) }),
      ),
    );
    const course = await createCourse(organization, { title: "Welcome", thumbnailId: video?.id });
    const lesson = await createLesson(course, { title: "First steps", videoId: video?.id });
    await db.organization.update({ where: { id: organization.id }, data: { logoId: logo?.id } });
    const { items } = await listStorageFiles(admin, { view: "largest", page: 1 });
    expect(items.map(({ id, uses }) => [id, uses])).toEqual([
      [
        video?.id,
        [
          { label: "Welcome: First steps", courseId: course.id, lessonId: lesson.id },
          { label: "Welcome", courseId: course.id, lessonId: null },
        ],
      ],
      [logo?.id, [{ label: "Logo", courseId: null, lessonId: null }]],
      [loose?.id, []],
    ]);
  });

  test("are unwatched when they are in lessons and nobody has watched for 90 days", async () => {
    const course = await createCourse(organization);
    const enrolment = await createEnrolment(course, admin.userId);
    const video = async (fileName: string, watchedDaysAgo: number | null, readyDaysAgo = 200) => {
      const file = await createMediaFile(organization, { fileName, readyAt: ago(readyDaysAgo) });
      const lesson = await createLesson(course, { videoId: file.id });
      if (watchedDaysAgo === null) return;
      const { id } = await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id } });
      await db.lessonProgress.update({ where: { id }, data: { updatedAt: ago(watchedDaysAgo) } });
    };
    await video("never.mp4", null);
    await video("long-ago.mp4", 91);
    await video("lately.mp4", 89);
    await video("new.mp4", null, 89);
    await createMediaFile(organization, { fileName: "in-no-lesson.mp4", readyAt: ago(200) });
    expect((await namesIn("unwatched")).toSorted()).toEqual(["long-ago.mp4", "never.mp4"]);
    expect((await getStorageOverview(admin, first)).savings.unwatched).toEqual({ files: 2, bytes: 2_000_000 });
  });

  test("are duplicates when the store proved the same bytes; what could go are the later copies", async () => {
    const same = { checksum: "c2FtZQ==", bytes: 700n };
    for (const fileName of ["one.mp4", "two.mp4", "three.mp4"]) await createMediaFile(organization, { ...same, fileName });
    await createMediaFile(organization, { ...same, fileName: "leaving.mp4", state: "RELEASED" });
    await createMediaFile(organization, { fileName: "unproved.mp4", bytes: 700n });
    await createMediaFile(await createOrganization(), { ...same, fileName: "theirs.mp4" });
    expect((await namesIn("duplicates")).toSorted()).toEqual(["one.mp4", "three.mp4", "two.mp4"]);
    expect((await getStorageOverview(admin, first)).savings.duplicates).toEqual({ files: 2, bytes: 1_400 });
  });

  test("are unused when no row of any kind holds them, and leaving once they are released", async () => {
    const file = (fileName: string) => createMediaFile(organization, { fileName });
    const [video, poster, attachment, thumbnail, logo] = await Promise.all(["v", "p", "a", "t", "l"].map(file));
    const course = await createCourse(organization, { thumbnailId: thumbnail?.id });
    const lesson = await createLesson(course, { videoId: video?.id, posterId: poster?.id });
    await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: attachment?.id ?? "", position: 0 } });
    await db.organization.update({ where: { id: organization.id }, data: { logoId: logo?.id } });
    await file("loose");
    await createMediaFile(organization, { fileName: "leaving", state: "RELEASED", purgeAfter: ago(-1) });
    expect(await namesIn("unused")).toEqual(["loose"]);
    expect(await namesIn("released")).toEqual(["leaving"]);
    expect((await getStorageOverview(admin, first)).savings).toMatchObject({
      unused: { files: 1, bytes: 1_000_000 },
      released: { files: 1, bytes: 1_000_000 },
    });
  });
});
