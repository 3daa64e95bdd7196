import { Client } from "pg";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { GET as GET_HEALTH } from "@/app/api/health/route";
import { GET as GET_MEDIA } from "@/app/api/media/[id]/route";
import { mainHealth } from "@/lib/clients/store-health";
import { mainPlace } from "@/lib/clients/store-place";
import { constructUrl } from "@/lib/core/public-url";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db";
import { listOwnOrganizations } from "@/lib/services/access-service";
import { listCourses } from "@/lib/services/course-service";
import { findPictureUrls, mediaView, pictureView, signMediaUrl } from "@/lib/services/delivery-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { courseListSchema } from "@/lib/schemas/course";
import { mediaFileSelect } from "@/lib/data/media-file";
import { signIn } from "../../support/call-route";
import { createCourse, createLesson, createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { requestHeaders } from "../../support/next-headers";
import { picture, upload } from "../../support/uploads";
import { drain, replica, startAnew, storedFile } from "./replica-steps";

vi.mock("next/headers", () => import("../../support/next-headers"));

const expiresInSeconds = 60;
const FILM = Buffer.from("the film");

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: Awaited<ReturnType<typeof createMember>>;

let ahead = 0;

/** The main bucket is silent, or is there again; this process has heard of it when this resolves. */
async function mainIs(state: "down" | "up"): Promise<void> {
  store.onRequest = ({ bucket }) => (state === "down" && bucket === mainPlace.bucket ? { kind: "disconnect" } : undefined);
  letSecondsPass();
  expect(await mainHealth?.isUp({ doubt: true })).toBe(state === "up");
}

/** The last verdict is too old for whoever doubts it. */
function letSecondsPass(): void {
  ahead += 3_000;
}

/** The statements that `work` needs. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(Client.prototype, "query");
  await work();
  const { length } = query.mock.calls;
  query.mockRestore();
  return length;
}

beforeEach(async () => {
  await startAnew();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  vi.spyOn(logger, "warn").mockReturnValue();
  vi.spyOn(logger, "error").mockReturnValue();
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

describe("while the main store is silent", () => {
  test("a video's address is at the replica, and answers the bytes; what is not copied stays where it is", async () => {
    const film = await storedFile(organization, FILM);
    await db.replicaObject.create({ data: { fileKey: film.fileKey, mediaFileId: film.id, bytes: film.bytes, state: "PENDING" } });
    await drain();
    const waiting = await storedFile(organization, FILM);
    expect(await statementsOf(() => signMediaUrl(film, { expiresInSeconds }))).toBe(0);

    await mainIs("down");
    const { url } = await signMediaUrl(film, { expiresInSeconds });
    expect(new URL(url).pathname).toContain(`/${replica.bucket}/`);
    const answer = await fetch(url, { headers: { range: "bytes=4-7" } });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([206, "video/mp4", "film"]);
    expect(new URL((await signMediaUrl(waiting, { expiresInSeconds })).url).pathname).toContain(`/${mainPlace.bucket}/`);
    // A load balancer leaves an instance in whose videos play.
    const health = () => GET_HEALTH(new NextRequest("http://localhost/api/health"), { params: Promise.resolve({}) });
    expect((await health()).status).toBe(200);

    await mainIs("up");
    expect(new URL((await signMediaUrl(film, { expiresInSeconds })).url).pathname).toContain(`/${mainPlace.bucket}/`);
  });

  test("a page's pictures and logos are read from the replica, for one query more", async () => {
    const { id } = await completeUpload(author, await upload(author, "THUMBNAIL", "cover.png", await picture("png", 800, 450)));
    const logo = await completeUpload(author, await upload(author, "AVATAR", "logo.png", await picture("png", 400, 400)));
    await db.organization.update({ where: { id: organization.id }, data: { logoId: logo.id } });
    await createCourse(organization, { thumbnailId: id });
    await createCourse(organization, { thumbnailId: id });
    await drain();
    const list = () => listCourses(author, courseListSchema.parse({}));
    const up = await statementsOf(list);
    expect((await list()).items[0]?.thumbnail?.url).toContain(new URL(constructUrl("")).pathname);

    await mainIs("down");
    expect((await statementsOf(list)) - up).toBe(1);
    const [item] = (await list()).items;
    const [own] = await listOwnOrganizations(author);
    const file = await db.mediaFile.findUniqueOrThrow({ where: { id }, select: mediaFileSelect });
    const urls = [
      ...(item?.thumbnail?.srcSet.split(", ").map((part) => part.split(" ")[0]) ?? []),
      own?.logo,
      (await mediaView(file)).url,
      pictureView(file, await findPictureUrls([file]))?.url,
    ];
    expect(urls).toHaveLength(6);
    for (const url of urls) {
      expect(url).toContain(`/${replica.bucket}/`);
      expect((await fetch(url ?? "")).headers.get("content-type")).toBe("image/webp");
    }
    await mainIs("up");
  });
});

test("a player whose video fails gets a working address at its first question", async () => {
  const course = await createCourse(organization);
  const film = await storedFile(organization, FILM);
  await createLesson(course, { videoId: film.id });
  await db.replicaObject.create({ data: { fileKey: film.fileKey, mediaFileId: film.id, bytes: film.bytes, state: "PENDING" } });
  await drain();
  const cookie = await signIn(author.userId);
  const ask = async (query: string): Promise<string> => {
    const headers = new Headers({ cookie });
    const request = new NextRequest(`http://localhost/api/media/${film.id}?org=${organization.slug}${query}`, { headers });
    const answer = await requestHeaders.run(headers, () => GET_MEDIA(request, { params: Promise.resolve({ id: film.id }) }));
    return ((await answer.json()) as { url: string }).url;
  };
  await mainIs("up");
  store.onRequest = ({ bucket }) => (bucket === mainPlace.bucket ? { kind: "disconnect" } : undefined);
  // The verdict of this moment still holds for everybody else.
  expect(await ask("")).toContain(`/${mainPlace.bucket}/`);
  letSecondsPass();
  const url = await ask("&failed=1");
  expect(await (await fetch(url)).text()).toBe("the film");
  await mainIs("up");
});
