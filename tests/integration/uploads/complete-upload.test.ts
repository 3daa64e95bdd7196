import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { findObject, putObject } from "@/lib/clients/object-store";
import { constructUrl } from "@/lib/core/public-url";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { mediaView, signMediaUrl } from "@/lib/services/delivery-service";
import { cancelUpload, completeUpload } from "@/lib/services/upload-completion-service";
import { beginUpload } from "@/lib/services/upload-service";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { beginInput, picture, sample, send, storageOf, upload } from "../../support/uploads";

let author: MemberActor;
let organizationId: string;

beforeAll(async () => {
  const organization = await createOrganization();
  organizationId = organization.id;
  author = await createMember(organization, "instructor");
});

describe("a file that is what it was promised to be", () => {
  test.each([
    ["VIDEO", "clip.mp4", { verifiedType: "video/mp4", width: 320, height: 180, durationMs: 3000 }],
    ["VIDEO", "index-last.mp4", { verifiedType: "video/mp4", durationMs: 3000 }],
    ["VIDEO", "portrait.mov", { verifiedType: "video/quicktime", width: 180, height: 320 }],
    ["VIDEO", "clip.webm", { verifiedType: "video/webm", durationMs: 3007 }],
  ] as const)("%s %s becomes ready, with its length and size read from the container", async (kind, name, expected) => {
    const before = await storageOf(organizationId);
    const body = await sample(name);
    const ticket = await upload(author, kind, name, body);
    const file = await completeUpload(author, { mediaFileId: ticket.mediaFileId });
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: file.id } })).toMatchObject({ state: "READY", ...expected });
    const after = await storageOf(organizationId);
    expect(after.used - before.used).toBe(body.length);
    expect(after).toEqual({ used: after.ledger.used, reserved: after.ledger.reserved, ledger: after.ledger });
  });

  test("a picture gets public sizes that anybody can read, cached for good; what was uploaded stays private", async () => {
    const before = await storageOf(organizationId);
    const body = await picture("webp", 700, 400);
    const ticket = await upload(author, "THUMBNAIL", "cover.webp", body);
    const view = await mediaView(await completeUpload(author, ticket));
    expect(view).toMatchObject({ kind: "THUMBNAIL", fileName: "cover.webp", bytes: body.length });
    expect(view.blurDataUrl).toMatch(/^data:image\/webp;base64,/);
    expect(view.url).toBe(view.variants.at(-1)?.url);
    for (const { url, width } of view.variants) {
      const answer = await fetch(url);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/webp"]);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ width });
    }
    expect((await fetch(constructUrl(ticket.fileKey))).status).toBe(403);
    const after = await storageOf(organizationId);
    expect(after.used - before.used).toBeGreaterThan(body.length);
    expect(after).toEqual({ used: after.ledger.used, reserved: 0, ledger: { used: after.used, reserved: 0 } });
  });

  test("a video is private: its bare address is refused, its signed one plays until it expires", async () => {
    const ticket = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    const file = await completeUpload(author, ticket);
    const { url } = await signMediaUrl(file, { expiresInSeconds: 60 });
    expect((await fetch(url.split("?")[0] ?? "")).status).toBe(403);
    const answer = await fetch(url, { headers: { range: "bytes=0-99" } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-type")).toBe("video/mp4");
    store.clock.advance(61_000);
    expect((await fetch(url)).status).toBe(403);
  });

  test("an attachment is always a download under its own name", async () => {
    const ticket = await upload(author, "ATTACHMENT", 'Prüfliste "A".csv', Buffer.from("schritt,fertig\n1,ja\n"));
    const view = await mediaView(await completeUpload(author, ticket));
    const answer = await fetch(view.url ?? "");
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="Prufliste _A_.csv"; filename*=UTF-8''Pr%C3%BCfliste%20%22A%22.csv`,
    );
  });

  test("completing twice, and twice at once, gives the same file and counts its bytes once", async () => {
    const body = await sample("clip.mp4");
    const before = await storageOf(organizationId);
    const ticket = await upload(author, "VIDEO", "clip.mp4", body);
    const files = await Promise.all([completeUpload(author, ticket), completeUpload(author, ticket)]);
    files.push(await completeUpload(author, ticket));
    expect(new Set(files.map(({ id }) => id))).toEqual(new Set([ticket.mediaFileId]));
    const after = await storageOf(organizationId);
    expect([after.used - before.used, after.reserved - before.reserved]).toEqual([body.length, 0]);
  });
});

describe("a file that is something else", () => {
  const html = Buffer.from("<!DOCTYPE html><html><script>alert(1)</script></html>");
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  test.each([
    ["HTML named .png", "THUMBNAIL", "cover.png", async () => html, "CONTENT_DIFFERS", "This file is named .png but contains HTML."],
    ["SVG named .png", "THUMBNAIL", "cover.png", async () => svg, "CONTENT_DIFFERS", "This file is named .png but contains SVG."],
    ["HTML named .mp4", "VIDEO", "talk.mp4", async () => html, "CONTENT_DIFFERS", "This file is named .mp4 but contains HTML."],
    ["SVG named .mp4", "VIDEO", "talk.mp4", async () => svg, "CONTENT_DIFFERS", "This file is named .mp4 but contains SVG."],
    ["HTML named .txt", "ATTACHMENT", "notes.txt", async () => html, "CONTENT_DIFFERS", "This file is named .txt but contains HTML."],
    [
      "text named .mp4",
      "VIDEO",
      "talk.mp4",
      async () => Buffer.from("not a film\n".repeat(400)),
      "CONTENT_DIFFERS",
      "This file is named .mp4 but contains text.",
    ],
    [
      "a picture named .mp4",
      "VIDEO",
      "talk.mp4",
      async () => picture(),
      "CONTENT_DIFFERS",
      "This file is named .mp4 but contains a PNG image.",
    ],
    [
      "a PDF's first bytes missing",
      "ATTACHMENT",
      "a.pdf",
      async () => Buffer.from([0, 1, 2, 3, 255]),
      "CONTENT_DIFFERS",
      "contains something that is not recognised",
    ],
    [
      "a truncated mp4",
      "VIDEO",
      "talk.mp4",
      async () => (await sample("clip.mp4")).subarray(0, 60_000),
      "DAMAGED",
      "This video is incomplete",
    ],
    [
      "an mp4 cut before its index",
      "VIDEO",
      "talk.mp4",
      async () => (await sample("index-last.mp4")).subarray(0, 60_000),
      "DAMAGED",
      "This video is incomplete",
    ],
    [
      "a truncated webm",
      "VIDEO",
      "talk.webm",
      async () => (await sample("clip.webm")).subarray(0, 20_000),
      "DAMAGED",
      "This video is incomplete",
    ],
    [
      "a truncated jpeg",
      "THUMBNAIL",
      "a.jpg",
      async () => (await picture("jpeg", 800, 450)).subarray(0, 700),
      "DAMAGED",
      "This image is damaged",
    ],
    ["HEVC", "VIDEO", "phone.mov", () => sample("hevc.mov"), "CODEC_UNSUPPORTED", "encoded as HEVC (H.265)"],
    ["H.264 with full colour", "VIDEO", "screen.mp4", () => sample("colour444.mp4"), "CODEC_UNSUPPORTED", "a variant of H.264"],
    ["Matroska", "VIDEO", "talk.webm", () => sample("clip.mkv"), "CODEC_UNSUPPORTED", "a Matroska video"],
    ["sound alone", "VIDEO", "talk.mp4", () => sample("sound.mp4"), "CONTENT_DIFFERS", "sound but no picture"],
    ["too many pixels", "THUMBNAIL", "wide.png", () => picture("png", 10_001, 2), "TOO_MANY_PIXELS", "10001 by 2 pixels"],
  ] as const)("%s is refused with the reason, deleted, and gives its bytes back", async (_title, kind, name, make, reason, sentence) => {
    const before = await storageOf(organizationId);
    const ticket = await upload(author, kind, name, await make());
    await expect(completeUpload(author, ticket)).rejects.toThrow(sentence);
    expect(await findObject(ticket.fileKey)).toBeNull();
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } })).toMatchObject({
      state: "PURGED",
      stateReason: reason,
    });
    expect(await storageOf(organizationId)).toEqual(before);
    await expect(completeUpload(author, ticket)).rejects.toMatchObject({ code: "GONE" });
  });
});

describe("an upload that did not arrive, or is somebody else's", () => {
  test("a missing object keeps its reservation, and completing works once it is there", async () => {
    const body = await sample("clip.mp4");
    const ticket = await beginUpload(author, beginInput("VIDEO", "clip.mp4", body));
    await expect(completeUpload(author, ticket)).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await send(ticket, body)).status).toBe(200);
    expect(await completeUpload(author, ticket)).toMatchObject({ state: "READY" });
  });

  test("an object of another size than was asked for is refused, should a store ever take one", async () => {
    const ticket = await beginUpload(author, beginInput("VIDEO", "clip.mp4", Buffer.alloc(5000)));
    await putObject(ticket.fileKey, await sample("clip.mp4"), { contentType: "video/mp4" });
    await expect(completeUpload(author, ticket)).rejects.toThrow("87 KB arrived of a file of 4.9 KB");
    expect(await findObject(ticket.fileKey)).toBeNull();
  });

  test("another tenant's author and another author of this tenant find no such upload", async () => {
    const other = await createMember(await createOrganization(), "owner");
    const ticket = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    for (const stranger of [other, { ...other, organization: author.organization }]) {
      await expect(completeUpload(stranger, ticket)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(cancelUpload(stranger, ticket)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await completeUpload(author, ticket)).toMatchObject({ state: "READY" });
  });

  test("cancelling deletes what arrived and frees the bytes; cancelling again, or a finished upload, changes nothing", async () => {
    const before = await storageOf(organizationId);
    const ticket = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    await cancelUpload(author, ticket);
    await cancelUpload(author, ticket);
    expect(await storageOf(organizationId)).toEqual(before);
    expect(await findObject(ticket.fileKey)).toBeNull();
    await expect(completeUpload(author, ticket)).rejects.toMatchObject({ code: "GONE" });

    const finished = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    await completeUpload(author, finished);
    await cancelUpload(author, finished);
    expect(await findObject(finished.fileKey)).not.toBeNull();
  });

  test("an unreachable store is no verdict: the upload waits and completes later", async () => {
    const ticket = await upload(author, "VIDEO", "clip.mp4", await sample("clip.mp4"));
    store.onRequest = ({ operation }) => (operation === "GetObject" ? { kind: "error", status: 503, code: "SlowDown" } : undefined);
    await expect(completeUpload(author, ticket)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    store.onRequest = undefined;
    expect(await completeUpload(author, ticket)).toMatchObject({ state: "READY" });
  });
});
