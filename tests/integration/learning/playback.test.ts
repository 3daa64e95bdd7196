import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, vi } from "vitest";
import { GET } from "@/app/api/media/[id]/route";
import { POST } from "@/app/api/progress/route";
import { db } from "@/lib/db";
import { S3 } from "@/lib/S3Client";
import { openMedia } from "@/lib/services/playback-service";
import { appUrl, callRoute, signIn } from "../../support/call-route";
import { createCourse, createEnrolment, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";

vi.mock("next/headers", () => import("../../support/next-headers"));

const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

/** A learner enrolled in a lesson whose video lies in the bucket. */
async function setup() {
  const organization = await createOrganization();
  const course = await createCourse(organization);
  const video = await createMediaFile(organization, { bytes: BigInt(bytes.length) });
  const lesson = await createLesson(course, { videoId: video.id });
  await S3.send(new PutObjectCommand({ Bucket: process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, Key: video.fileKey, Body: bytes }));
  const learner = await createMember(organization, "learner");
  await createEnrolment(course, learner.userId);
  return { organization, course, lesson, video, learner };
}

const open = (mediaFileId: string) => ({ mediaFileId, download: false });

describe("private video", () => {
  it("plays from a signed address, in ranges, and from no other", async () => {
    const { video, learner } = await setup();
    const source = await openMedia(learner, open(video.id));
    const part = await fetch(source.url, { headers: { range: "bytes=100-199" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 100-199/1000"]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
    expect((await fetch(source.url.split("?")[0] ?? "")).status).toBe(403);
    const left = Date.parse(source.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(59 * 60_000);
    expect(left).toBeLessThanOrEqual(60 * 60_000);
  });

  it("opens for who is enrolled and for authors, and for nobody else", async () => {
    const { organization, course, video, learner } = await setup();
    const author = await createMember(organization, "instructor");
    await expect(openMedia(author, open(video.id))).resolves.toHaveProperty("url");
    for (const other of [await createMember(organization, "learner"), await createMember(await createOrganization(), "owner")]) {
      await expect(openMedia(other, open(video.id))).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await db.course.update({ where: { id: course.id }, data: { status: "DRAFT" } });
    await expect(openMedia(learner, open(video.id))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is closed once the lesson has another video, or none", async () => {
    const { lesson, video, learner } = await setup();
    await db.lesson.update({ where: { id: lesson.id }, data: { videoId: null } });
    await expect(openMedia(learner, open(video.id))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuses the next call of a member who was removed", async () => {
    const { organization, video, learner } = await setup();
    const cookie = await signIn(learner.userId);
    const call = () =>
      callRoute((request) => GET(request, { params: Promise.resolve({ id: video.id }) }), {
        method: "GET",
        path: `/api/media/${video.id}?org=${organization.slug}`,
        cookie,
      });
    expect((await call()).status).toBe(200);
    await db.member.delete({ where: { id: learner.memberId } });
    expect((await call()).status).toBe(404);
  });
});

describe("attachments", () => {
  it("are downloads under their own name, behind a link that asks for entitlement each time", async () => {
    const { organization, lesson, learner } = await setup();
    const file = await createMediaFile(organization, {
      kind: "ATTACHMENT",
      fileName: "Checklist für Anfänger.pdf",
      fileKey: `${organization.storagePrefix}private/attachment/list.pdf`,
      declaredType: "application/pdf",
      verifiedType: "application/pdf",
    });
    await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: file.id, position: 0 } });
    await S3.send(new PutObjectCommand({ Bucket: process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, Key: file.fileKey, Body: bytes }));
    const answer = await callRoute((request) => GET(request, { params: Promise.resolve({ id: file.id }) }), {
      method: "GET",
      path: `/api/media/${file.id}?org=${organization.slug}&download=1`,
      cookie: await signIn(learner.userId),
    });
    expect(answer.status).toBe(302);
    const download = await fetch(answer.headers.get("location") ?? "");
    expect(download.status).toBe(200);
    expect(download.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(download.headers.get("content-disposition")).toContain(encodeURIComponent("Checklist für Anfänger.pdf"));
  });
});

describe("the progress route", () => {
  it("takes a report of the signed-in learner and refuses other sites, strangers and nonsense", async () => {
    const { organization, lesson, video, learner } = await setup();
    const cookie = await signIn(learner.userId);
    const report = {
      org: organization.slug,
      lessonId: lesson.id,
      mediaFileId: video.id,
      viewId: crypto.randomUUID(),
      sequence: 0,
      ranges: [[0, 15_000]],
      positionMs: 15_000,
    };
    const host = new URL(appUrl()).host;
    const taken = await callRoute(POST, { body: report, cookie, headers: { host } });
    expect(taken.status).toBe(200);
    expect(await taken.json()).toMatchObject({ lessonId: lesson.id, watchedMs: 15_000, done: false });
    expect((await callRoute(POST, { body: report, headers: { host } })).status).toBe(401);
    expect((await callRoute(POST, { body: report, cookie, headers: { host, origin: "https://elsewhere.example" } })).status).toBe(403);
    expect((await callRoute(POST, { body: { ...report, ranges: "all" }, cookie, headers: { host } })).status).toBe(400);
    const stranger = await createMember(await createOrganization(), "owner");
    expect((await callRoute(POST, { body: report, cookie: await signIn(stranger.userId), headers: { host } })).status).toBe(404);
  });
});
