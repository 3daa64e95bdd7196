import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import { findMediaFile } from "@/lib/data/media-file";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { courseListSchema } from "@/lib/schemas/course";
import { catalogueSchema } from "@/lib/schemas/learner-course";
import { listCourses } from "@/lib/services/course-service";
import { mediaView } from "@/lib/services/delivery-service";
import { getHome, getLearnerCourse, listCatalogue } from "@/lib/services/learner-course-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { createCourse, createEnrolment, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";
import { picture, storageOf, upload } from "../../support/uploads";
import { finishedPicture, objectsUnder } from "./picture";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

describe("a picture that was uploaded", () => {
  test.each(["THUMBNAIL", "AVATAR"] as const)("as %s is shown in sizes that anybody can read and keep for good", async (kind) => {
    const view = await mediaView(await finishedPicture(author, kind, 800, 450));
    expect(view.variants.map(({ width, height }) => [width, height])).toEqual(
      kind === "AVATAR"
        ? [
            [64, 64],
            [128, 128],
            [256, 256],
          ]
        : [
            [320, 180],
            [640, 360],
            [800, 450],
          ],
    );
    expect(view.url).toBe(view.variants.at(-1)?.url);
    expect(view.blurDataUrl).toMatch(/^data:image\/webp;base64,/);
    for (const { url, width, height } of view.variants) {
      const answer = await fetch(url);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/webp"]);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ width, height });
    }
  });

  test("keeps its original to itself: what the camera wrote is nowhere that anybody can read", async () => {
    const photograph = await sharp(await picture("jpeg", 800, 450))
      .withExif({ IFD3: { GPSLatitude: "52/1 30/1 0/1", GPSLatitudeRef: "N" } })
      .toBuffer();
    expect((await sharp(photograph).metadata()).exif).toBeDefined();
    const { mediaFileId, fileKey } = await upload(author, "THUMBNAIL", "holiday.jpg", photograph);
    await completeUpload(author, { mediaFileId });
    expect((await fetch(`${process.env.NEXT_PUBLIC_S3_PUBLIC_URL ?? ""}/${fileKey}`)).status).toBe(403);
    const keys = await objectsUnder(`${organization.storagePrefix}public/`);
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      const answer = await fetch(`${process.env.NEXT_PUBLIC_S3_PUBLIC_URL ?? ""}/${key}`);
      expect((await sharp(await answer.arrayBuffer()).metadata()).exif).toBeUndefined();
    }
  });

  test("as POSTER has signed sizes alone", async () => {
    const view = await mediaView(await finishedPicture(author, "POSTER", 800, 450));
    expect(view.variants).toHaveLength(3);
    for (const { url } of view.variants) {
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url.split("?")[0] ?? "")).status).toBe(403);
    }
    expect(await objectsUnder(`${organization.storagePrefix}public/`)).toEqual([]);
  });

  test("and decodes to more than 60 megapixels is refused, with nothing left of it", async () => {
    const { mediaFileId } = await upload(author, "THUMBNAIL", "poster.png", await picture("png", 9000, 7000));
    await expect(completeUpload(author, { mediaFileId })).rejects.toMatchObject({
      code: "REJECTED",
      message: "This image measures 9000 by 7000 pixels. Use at most 10000 a side and 60 megapixels.",
    });
    expect(await objectsUnder(organization.storagePrefix)).toEqual([]);
    expect(await storageOf(organization.id)).toMatchObject({ used: 0, reserved: 0 });
  });

  test("before sizes were made is shown to its editor as it is, by a signed address", async () => {
    const { id } = await createMediaFile(organization, {
      kind: "THUMBNAIL",
      fileKey: `${organization.storagePrefix}public/thumbnail/old.jpg`,
    });
    const row = await findMediaFile({ organizationId: organization.id }, id);
    expect(row && (await mediaView(row))).toMatchObject({
      url: expect.stringContaining("X-Amz-Signature") as string,
      variants: [],
      blurDataUrl: null,
    });
  });
});

describe("pages that list courses", () => {
  test("give each thumbnail with its sizes, and none where there is none", async () => {
    const { id: thumbnailId } = await finishedPicture(author, "THUMBNAIL");
    const course = await createCourse(organization, { title: "With", thumbnailId });
    await createLesson(course);
    const without = await createCourse(organization, { title: "Without" });
    await createEnrolment(course, author.userId);
    const expected = {
      url: expect.stringMatching(/-w800\.webp$/) as string,
      srcSet: expect.stringMatching(/^\S+-w320\.webp 320w, \S+-w640\.webp 640w, \S+-w800\.webp 800w$/) as string,
      width: 800,
      height: 450,
      blurDataUrl: expect.stringMatching(/^data:/) as string,
    };
    const thumbnails = (courses: { title: string; thumbnail: unknown }[]) =>
      new Map(courses.map(({ title, thumbnail }) => [title, thumbnail]));
    const both = new Map<string, unknown>([
      ["With", expected],
      ["Without", null],
    ]);
    expect(thumbnails((await listCourses(author, courseListSchema.parse({}))).items)).toEqual(both);
    expect(thumbnails((await listCatalogue(author, catalogueSchema.parse({}))).courses)).toEqual(both);
    expect((await getHome(author)).current?.course.thumbnail).toEqual(expected);
    expect((await getLearnerCourse(author, course.slug)).thumbnail).toEqual(expected);
    expect((await getLearnerCourse(author, without.slug)).thumbnail).toBeNull();
  });

  test("show sizes that are finished alone", async () => {
    const { id: thumbnailId } = await finishedPicture(author, "THUMBNAIL");
    await createCourse(organization, { thumbnailId });
    await db.mediaFile.updateMany({ where: { parentId: thumbnailId, width: { gt: 320 } }, data: { state: "PENDING" } });
    const [course] = (await listCourses(author, courseListSchema.parse({}))).items;
    expect(course?.thumbnail).toMatchObject({ width: 320 });
  });
});
