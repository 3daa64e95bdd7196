import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { OPTIONS, POST } from "@/app/api/s3/upload/route";
import { POST as cancel } from "@/app/api/s3/cancel/route";
import { POST as complete } from "@/app/api/s3/complete/route";
import { POST as sign } from "@/app/api/s3/sign/route";
import { POST as status } from "@/app/api/s3/status/route";
import { GET as list } from "@/app/api/s3/uploads/route";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import type { Role } from "@/lib/policies/permission";
import type { UploadTicket } from "@/lib/schemas/upload";
import { appUrl, callRoute, signIn } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { picture, send, sendPart, sha256Of } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;
let cookie: string;
let image: Buffer;

beforeAll(async () => {
  organization = await createOrganization();
  image = await picture();
});

beforeEach(async () => {
  author = await createMember(organization, "instructor");
  cookie = await signIn(author.userId);
});

const request = (change: Record<string, unknown> = {}) => ({
  org: organization.slug,
  kind: "THUMBNAIL",
  fileName: "../../etc/cover.png",
  contentType: "image/png",
  size: image.length,
  parts: [{ partNumber: 1, sha256: sha256Of(image) }],
  ...change,
});

async function begin(change: Record<string, unknown> = {}): Promise<UploadTicket> {
  const answer = await callRoute(POST, { path: "/api/s3/upload", cookie, body: request(change) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as UploadTicket;
}

const errorOf = async (answer: Response) => ((await answer.json()) as { error: { code: string; message: string } }).error;

describe("asking for an address", () => {
  test("gives an author a key of the server's own making, for six minutes, and CORS for the page that asked", async () => {
    const answer = await callRoute(POST, { path: "/api/s3/upload", cookie, body: request() });
    expect(answer.headers.get("access-control-allow-origin")).toBe(new URL(appUrl()).origin);
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
    expect(answer.headers.get("vary")).toContain("Origin");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const ticket = (await answer.json()) as UploadTicket;
    expect(ticket.fileKey).toBe(`${organization.storagePrefix}private/thumbnail/${ticket.mediaFileId}.png`);
    expect(new URL(ticket.signed[0]?.url ?? "").searchParams.get("X-Amz-Expires")).toBe("360");
    const row = await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } });
    expect(row).toMatchObject({ state: "PENDING", fileName: "cover.png", organizationId: organization.id, uploadedById: author.userId });
  });

  test("the whole way: begin, send, complete, complete again", async () => {
    const ticket = await begin();
    expect((await send(ticket, image)).status).toBe(200);
    const body = { org: organization.slug, mediaFileId: ticket.mediaFileId };
    for (let time = 0; time < 2; time += 1) {
      const answer = await callRoute(complete, { path: "/api/s3/complete", cookie, body });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ id: ticket.mediaFileId, kind: "THUMBNAIL", bytes: image.length });
    }
    expect((await callRoute(cancel, { path: "/api/s3/cancel", cookie, body })).status).toBe(204);
  });

  test.each<[Role, number]>([
    ["owner", 200],
    ["admin", 200],
    ["instructor", 200],
    ["learner", 403],
  ])("%s gets %i", async (role, status) => {
    const member = await createMember(organization, role);
    expect((await callRoute(POST, { cookie: await signIn(member.userId), body: request() })).status).toBe(status);
  });

  test("a stranger to the organization learns that it does not exist; nobody without a session gets further", async () => {
    const stranger = await createMember(await createOrganization(), "owner");
    expect((await callRoute(POST, { cookie: await signIn(stranger.userId), body: request() })).status).toBe(404);
    expect((await callRoute(POST, { body: request() })).status).toBe(401);
  });

  test.each([
    ["a page of another site", "https://evil.example"],
    ["a preview's look-alike", "https://sidecar.vercel.app.evil.example"],
    ["a sandboxed page", "null"],
    ["a program without an origin", ""],
  ])("%s is refused before anything else, and gets no CORS headers", async (_title, origin) => {
    const answer = await callRoute(POST, { cookie, body: request(), headers: { origin } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("a preflight of an allowed page is answered, another's is refused", async () => {
    const allowed = await callRoute(OPTIONS, { method: "OPTIONS", headers: { origin: "https://sidecar-git-main.vercel.app" } });
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://sidecar-git-main.vercel.app");
    expect(allowed.headers.get("access-control-allow-methods")).toContain("POST");
    expect((await callRoute(OPTIONS, { method: "OPTIONS", headers: { origin: "https://evil.example" } })).status).toBe(403);
  });

  test.each([
    ["an empty file", { size: 0 }, 400, "INVALID_INPUT", "empty (0 bytes)"],
    ["a file over the limit", { size: 10 * 1024 ** 2 + 1 }, 413, "TOO_LARGE", "at most 10 MB"],
    ["an SVG", { contentType: "image/svg+xml", fileName: "a.svg" }, 415, "UNSUPPORTED_TYPE", "Files named .svg are not accepted here"],
    ["a video as a thumbnail", { contentType: "video/mp4", fileName: "a.mp4" }, 415, "UNSUPPORTED_TYPE", "JPEG, PNG or WebP"],
    [
      "a file larger than what is left",
      { kind: "VIDEO", contentType: "video/mp4", size: 2 * 1024 ** 3 },
      403,
      "QUOTA_EXCEEDED",
      "of this organization's 1 GB are free",
    ],
    ["a size that is no number", { size: "12" }, 400, "INVALID_INPUT", ""],
  ])("%s is refused with the reason and reserves nothing", async (_title, change, status, code, sentence) => {
    const before = await db.storageAccount.findUniqueOrThrow({ where: { organizationId: organization.id } });
    const answer = await callRoute(POST, { cookie, body: request(change) });
    expect(answer.status).toBe(status);
    const error = await errorOf(answer);
    expect(error.code).toBe(code);
    expect(error.message).toContain(sentence);
    expect(await db.storageAccount.findUniqueOrThrow({ where: { organizationId: organization.id } })).toMatchObject({
      reservedBytes: before.reservedBytes,
    });
  });

  test("the sixth request of a person within a minute is refused with Retry-After; another person's is not", async () => {
    for (let time = 0; time < 5; time += 1) await begin();
    const answer = await callRoute(POST, { cookie, body: request() });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    const other = await createMember(organization, "instructor");
    expect((await callRoute(POST, { cookie: await signIn(other.userId), body: request() })).status).toBe(200);
  });

  test("while calls can't be counted nobody gets an address, nor anything else done", async () => {
    const ticket = await begin();
    const files = await db.mediaFile.count();
    const named = { org: organization.slug, mediaFileId: ticket.mediaFileId };
    const calls = [
      () => callRoute(POST, { cookie, body: request() }),
      () => callRoute(sign, { cookie, body: { ...named, parts: request().parts } }),
      () => callRoute(status, { cookie, body: named }),
      () => callRoute(complete, { cookie, body: named }),
      () => callRoute(cancel, { cookie, body: named }),
      () => callRoute(list, { method: "GET", path: `/api/s3/uploads?org=${organization.slug}`, cookie }),
    ];
    await db.$executeRawUnsafe('ALTER TABLE "rate_limiter" RENAME TO "rate_limiter_gone"');
    try {
      for (const call of calls) {
        const answer = await call();
        expect(answer.status).toBe(503);
        expect(await errorOf(answer)).toMatchObject({ code: "UNAVAILABLE" });
      }
    } finally {
      await db.$executeRawUnsafe('ALTER TABLE "rate_limiter_gone" RENAME TO "rate_limiter"');
    }
    expect(await db.mediaFile.count()).toBe(files);
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } })).toMatchObject({ state: "PENDING" });
  });
});

describe("the address", () => {
  type Change = { body?: Buffer; headers?: Record<string, string>; method?: string; key?: (key: string) => string };
  test.each<[string, Change]>([
    ["another length", { body: Buffer.alloc(10) }],
    ["another type", { headers: { "content-type": "text/html" } }],
    ["another condition against overwriting", { headers: { "if-none-match": "x" } }],
    ["another method", { method: "DELETE" }],
    ["another key", { key: (key) => key.replace(".png", "2.png") }],
  ])("does not take %s", async (_title, { body = image, headers, method, key = (same) => same }) => {
    const ticket = await begin();
    const [part] = ticket.signed;
    if (!part) throw new Error("Nothing was signed.");
    const url = part.url.replace(ticket.fileKey, key(ticket.fileKey));
    expect((await sendPart({ ...part, url }, body, { headers, method })).status).toBe(403);
  });

  test("takes one object once: what was examined can't be exchanged", async () => {
    const ticket = await begin();
    expect((await send(ticket, image)).status).toBe(200);
    expect((await send(ticket, image)).status).toBe(412);
  });
});
