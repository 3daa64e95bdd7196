import { Client } from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createMultipartUpload } from "@/lib/clients/multipart-store";
import { findObject, readObject } from "@/lib/clients/object-store";
import { placeNamed } from "@/lib/clients/store-place";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { mediaOf, refusalOf, sendParts, signedOf, ticketOf, uploadClient, type UploadClient } from "../../support/upload-client";
import { beginInput, cut, sendPart, sha256Of } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const large = Buffer.alloc(MIN_PART_BYTES + 100, "Some notes.\n");
const small = Buffer.from("A few notes.\n");
const other = (body: Uint8Array) => Buffer.alloc(body.length, "x");
const named = (body: Buffer) => cut(body).map(({ partNumber, sha256 }) => ({ partNumber, sha256 }));

let organization: Awaited<ReturnType<typeof createOrganization>>;
let client: UploadClient;

beforeAll(async () => {
  organization = await createOrganization();
});

beforeEach(async () => {
  client = await uploadClient(await createMember(organization, "instructor"));
});

afterEach(() => {
  vi.useRealTimers();
  store.onRequest = undefined;
});

describe.each([
  ["a small file", small, 412],
  ["a part", large, 404],
])("the address of %s", (_title, body, afterwards) => {
  const first = cut(body)[0]?.bytes ?? body;
  const begin = async () => {
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    return { ...ticket, part: ticket.signed[0] ?? expect.fail() };
  };

  test("takes these bytes alone: others, more, fewer, and another sum are refused by the store", async () => {
    const { part, fileKey, mediaFileId } = await begin();
    expect((await sendPart(part, other(first))).status).toBe(400);
    expect((await sendPart(part, Buffer.concat([first, Buffer.from("!")]))).status).toBe(403);
    expect((await sendPart(part, first.subarray(1))).status).toBe(403);
    const sum = { "x-amz-checksum-sha256": sha256Of(other(first)) };
    expect((await sendPart(part, other(first), { headers: sum })).status).toBe(403);
    for (const name of Object.keys(part.headers)) {
      const headers = Object.fromEntries(Object.entries(part.headers).filter(([other]) => other !== name));
      expect([name, (await sendPart({ ...part, headers }, first)).ok]).toEqual([name, false]);
    }
    expect(await findObject(fileKey)).toBeNull();
    expect((await ticketOf(client.status(mediaFileId))).arrived).toEqual([]);
    expect((await sendPart(part, first)).status).toBe(200);
  });

  test("is worth nothing after the upload was completed: the object stays as it was examined", async () => {
    const { part, fileKey, mediaFileId } = await begin();
    await sendParts(client, mediaFileId, body);
    await mediaOf(client.complete(mediaFileId));
    const before = await findObject(fileKey);
    expect((await sendPart(part, first)).status).toBe(afterwards);
    expect((await sendPart(part, other(first))).ok).toBe(false);
    expect(await findObject(fileKey)).toEqual(before);
    expect(Buffer.from(await readObject(fileKey, { start: 0, end: 12 })).toString()).toBe(body.subarray(0, 12).toString());
  });

  test("names no other part and no other upload", async () => {
    const { part } = await begin();
    const elsewhere = await begin();
    const url = new URL(part.url);
    if (url.searchParams.has("partNumber")) {
      url.searchParams.set("partNumber", "2");
      expect((await sendPart({ ...part, url: url.href }, first)).status).toBe(403);
      url.searchParams.set("partNumber", "1");
      url.searchParams.set("uploadId", new URL(elsewhere.part.url).searchParams.get("uploadId") ?? "");
    } else url.pathname = new URL(elsewhere.part.url).pathname;
    expect((await sendPart({ ...part, url: url.href }, first)).status).toBe(403);
  });
});

test("asking for addresses of parts costs one statement on the ledger and no call to the store", async () => {
  const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
  store.traffic.reset();
  const query = vi.spyOn(Client.prototype, "query");
  await signedOf(client.sign(mediaFileId, named(large)));
  const statements = query.mock.calls.map(([statement]) =>
    typeof statement === "string" ? statement : String((statement as { text?: string }).text),
  );
  query.mockRestore();
  expect(statements.filter((statement) => statement.includes("MediaFile"))).toHaveLength(1);
  expect(store.traffic.total().requests).toBe(0);
});

test.each([
  ["composed and decomposed", "Pru\u0308fliste.txt", "Pr\u00fcfliste.txt"],
  ["turned around by a control character", "invoice\u202etxt.exe.txt", "invoicetxt.exe.txt"],
  ["with a picture of a face", "\u{1f600} notes.txt", "\u{1f600} notes.txt"],
  ["in a folder", "..\\..\\secret/notes.txt", "notes.txt"],
  ["with a line break", "no\r\ntes.txt", "notes.txt"],
  ["of 300 characters", `${"n".repeat(296)}.txt`, `${"n".repeat(196)}.txt`],
])("a file name %s is stored for people, and no part of the key", async (_title, fileName, expected) => {
  const ticket = await ticketOf(client.begin({ ...beginInput("ATTACHMENT", "notes.txt", small), fileName }));
  expect(ticket.fileKey).toBe(`${organization.storagePrefix}private/attachment/${ticket.mediaFileId}.txt`);
  await sendParts(client, ticket.mediaFileId, small);
  expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ fileName: expected });
});

describe("clocks", () => {
  test("an address that has expired is refused, and signed anew", async () => {
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    vi.setSystemTime(Date.now() + 361_000);
    const [part] = ticket.signed;
    expect((await sendPart(part ?? expect.fail(), cut(large)[0]?.bytes ?? large)).status).toBe(403);
    await sendParts(client, ticket.mediaFileId, large);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: large.length });
  });

  test.each([
    ["a small file", small],
    ["a file of parts", large],
  ])("when this machine's clock is ten minutes behind the store's, %s goes up all the same", async (_title, body) => {
    store.clock.advance(600_000);
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    await sendParts(client, ticket.mediaFileId, body);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: body.length });
  });

  test("an upload that began in what is not the main bucket any more goes on and ends there, by that one's clock", async () => {
    const place = placeNamed("other");
    const { mediaFileId, fileKey } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    const multipartId = await createMultipartUpload(fileKey, { contentType: "text/plain" }, place);
    await db.mediaFile.update({ where: { id: mediaFileId }, data: { store: place.name, multipartId } });
    store.clock.advance(600_000);
    // Neither store was heard of within the last minute.
    vi.setSystemTime(Date.now() + 61_000);
    await sendParts(client, mediaFileId, large);
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ bytes: large.length });
    expect(await findObject(fileKey)).toBeNull();
    expect(await findObject(fileKey, place)).toMatchObject({ bytes: large.length });
  });

  test("when this machine's clock is put back by ten minutes during an upload, the next addresses are right again", async () => {
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    // The embedded store reads this machine's clock as well: it is to stay where it was.
    store.clock.advance(600_000);
    vi.setSystemTime(Date.now() - 600_000);
    await sendParts(client, mediaFileId, large);
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ bytes: large.length });
  });
});

test("a part that the file has not, one named twice, nine at once and what is no sum are refused", async () => {
  const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
  const part = { partNumber: 1, sha256: sha256Of(large) };
  const wrong = [
    [{ ...part, partNumber: 3 }],
    [part, part],
    Array.from({ length: 9 }, (_, index) => ({ ...part, partNumber: index + 1 })),
    [{ ...part, sha256: "abc" }],
    [{ ...part, partNumber: 0 }],
    [],
  ];
  for (const parts of wrong) expect(await refusalOf(client.sign(mediaFileId, parts))).toMatchObject({ status: 400, code: "INVALID_INPUT" });
});
