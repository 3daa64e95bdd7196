import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findObject, readObject } from "@/lib/clients/object-store";
import { createMultipartUpload } from "@/lib/clients/multipart-store";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type * as environment from "@/lib/env";
import type { MemberActor } from "@/lib/policies/actor";
import { UploadTable } from "../../../scripts/local/object-store/index/upload-table.ts";
import { createMediaFile, createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { mediaOf, refusalOf, sendParts, signedOf, ticketOf, uploadClient, type UploadClient } from "../../support/upload-client";
import { beginInput, cut, sendPart, sha256Of, storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));
// The largest plan that there is, 10,000 parts, takes more than the standard limit of a video.
vi.mock("@/lib/env", async (original) => {
  const { env } = await original<typeof environment>();
  return { env: { ...env, UPLOAD_MAX_MB_VIDEO: 1024 ** 4, UPLOAD_MAX_MB_ATTACHMENT: 1024 ** 3 } };
});

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;
let client: UploadClient;

beforeAll(async () => {
  organization = await createOrganization({ limitBytes: 1024n ** 4n });
});

beforeEach(async () => {
  author = await createMember(organization, "instructor");
  client = await uploadClient(author);
});

/** Text of that many bytes, every part of it another. */
function text(size: number): Buffer {
  const body = Buffer.alloc(size, "A line of text that is longer than it needs to be.\n");
  for (let start = 0; start < size; start += MIN_PART_BYTES) body.write(`part at ${start}\n`.slice(0, size - start), start);
  return body;
}

describe("how a file is cut", () => {
  test("a file of no bytes is refused before anything is reserved", async () => {
    const before = await storageOf(organization.id);
    expect(await refusalOf(client.begin(beginInput("ATTACHMENT", "empty.txt", Buffer.alloc(0))))).toMatchObject({
      status: 400,
      message: "This file is empty (0 bytes). Choose another one.",
    });
    expect(await storageOf(organization.id)).toEqual(before);
  });

  test("a file of exactly one part goes by one PUT", async () => {
    const body = text(MIN_PART_BYTES);
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    expect(ticket).toMatchObject({ partSize: MIN_PART_BYTES, partCount: 1, arrived: [], resumed: false, expiresInSeconds: 360 });
    expect(ticket.signed.map(({ partNumber, headers }) => [partNumber, headers])).toEqual([
      [1, { "content-type": "text/plain", "if-none-match": "*", "x-amz-checksum-sha256": sha256Of(body) }],
    ]);
    expect((await sendPart(ticket.signed[0] ?? expect.fail(), body)).status).toBe(200);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: body.length });
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } })).toMatchObject({
      state: "READY",
      partSize: null,
      checksum: sha256Of(body),
    });
  });

  test("one byte more makes two parts, which become one object with the sum of its parts' sums", async () => {
    const body = text(MIN_PART_BYTES + 1);
    const before = await storageOf(organization.id);
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    expect(ticket).toMatchObject({ partSize: MIN_PART_BYTES, partCount: 2 });
    const parts = cut(body);
    for (const [index, part] of ticket.signed.entries()) {
      expect((await sendPart(part, parts[index]?.bytes ?? expect.fail())).status).toBe(200);
    }
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: body.length });
    const sums = Buffer.concat(parts.map(({ sha256 }) => Buffer.from(sha256, "base64")));
    const row = await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } });
    expect(row).toMatchObject({ state: "READY", multipartId: null, checksum: `${sha256Of(sums)}-2` });
    const end = { start: MIN_PART_BYTES - 1, end: body.length };
    expect(Buffer.from(await readObject(ticket.fileKey, end))).toEqual(body.subarray(end.start));
    const after = await storageOf(organization.id);
    expect([after.used - before.used, after.reserved - before.reserved]).toEqual([body.length, 0]);
  });

  test("what would be 10,001 parts of the least size becomes fewer, larger ones, whose last is signed", async () => {
    const size = MIN_PART_BYTES * 10_000 + 1;
    const input = { kind: "VIDEO", fileName: "year.mp4", contentType: "video/mp4", size } as const;
    const ticket = await ticketOf(client.begin(input));
    expect(ticket.partSize).toBe(17 * 1024 ** 2);
    expect(ticket.partCount).toBe(Math.ceil(size / ticket.partSize));
    const last = { partNumber: ticket.partCount, sha256: sha256Of(Buffer.alloc(0)) };
    const { signed } = await signedOf(client.sign(ticket.mediaFileId, [last]));
    expect(new URL(signed[0]?.url ?? "").searchParams.get("partNumber")).toBe(String(ticket.partCount));
    expect(await refusalOf(client.sign(ticket.mediaFileId, [{ ...last, partNumber: ticket.partCount + 1 }]))).toMatchObject({
      status: 400,
      message: `This file has ${ticket.partCount} parts; there is no part ${ticket.partCount + 1}.`,
    });
  });

  test("parts that a file has not are refused at its beginning, too, before anything is reserved", async () => {
    const before = await storageOf(organization.id);
    const input = { ...beginInput("ATTACHMENT", "notes.txt", text(10)), parts: [{ partNumber: 2, sha256: sha256Of(Buffer.alloc(0)) }] };
    expect(await refusalOf(client.begin(input))).toMatchObject({ status: 400, message: "This file has 1 part; there is no part 2." });
    expect(await storageOf(organization.id)).toEqual(before);
  });
});

test("1,001 parts are listed, page by page, and put together", async () => {
  const [count, partSize] = [1001, 5 * 1024 ** 2];
  const file = await createMediaFile(organization, {
    kind: "ATTACHMENT",
    fileName: "log.txt",
    declaredType: "text/plain",
    verifiedType: null,
    state: "PENDING",
    readyAt: null,
    reservedUntil: new Date(Date.now() + 3_600_000),
    uploadedById: author.userId,
    bytes: BigInt(count * partSize),
    partSize,
  });
  await db.mediaFile.update({
    where: { id: file.id },
    data: { multipartId: await createMultipartUpload(file.fileKey, { contentType: "text/plain" }) },
  });
  const body = text(partSize);
  // One part is sent; the store keeps it under every number.
  const spy = vi.spyOn(UploadTable.prototype, "putPart").mockImplementation(function (this: UploadTable, id, part, check) {
    spy.mockRestore();
    for (let number = 1; number <= count; number += 1) this.putPart(id, { ...part, number }, check);
    return [];
  });
  const { signed } = await signedOf(client.sign(file.id, [{ partNumber: 1, sha256: sha256Of(body) }]));
  expect((await sendPart(signed[0] ?? expect.fail(), body)).status).toBe(200);
  store.traffic.reset();
  const { arrived, partCount } = await ticketOf(client.status(file.id));
  expect(store.traffic.of("ListParts").requests).toBe(2);
  expect([partCount, arrived.length, arrived.at(-1)]).toEqual([
    count,
    count,
    { partNumber: count, bytes: partSize, sha256: sha256Of(body) },
  ]);
  expect(await mediaOf(client.complete(file.id))).toMatchObject({ bytes: count * partSize });
  expect((await findObject(file.fileKey))?.sha256).toMatch(/-1001$/);
});

describe("completing", () => {
  test("is refused while a part is missing or has another length; what has arrived is kept", async () => {
    const body = text(2 * MIN_PART_BYTES + 5);
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    await sendParts(client, mediaFileId, body, [1, 3]);
    expect(await refusalOf(client.complete(mediaFileId))).toMatchObject({
      status: 409,
      message: "2 of 3 parts have arrived in storage. They are kept; send the others.",
    });
    expect((await ticketOf(client.status(mediaFileId))).arrived.map(({ partNumber }) => partNumber)).toEqual([1, 3]);
    await sendParts(client, mediaFileId, body, [2]);
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ bytes: body.length });
  });

  test.each([
    ["HTML named .mp4", "VIDEO", "talk.mp4", "<!DOCTYPE html><html><script>alert(1)</script>", "HTML"],
    ["SVG named .mp4", "VIDEO", "talk.mp4", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>', "SVG"],
  ] as const)("%s in two parts is refused as a whole: object gone, bytes back", async (_title, kind, name, start, what) => {
    const before = await storageOf(organization.id);
    const body = Buffer.concat([Buffer.from(start), text(MIN_PART_BYTES)]);
    const { mediaFileId, fileKey } = await ticketOf(client.begin(beginInput(kind, name, body)));
    await sendParts(client, mediaFileId, body);
    expect(await refusalOf(client.complete(mediaFileId))).toMatchObject({
      status: 422,
      code: "REJECTED",
      message: `This file is named .mp4 but contains ${what}. Choose a file of the right kind.`,
    });
    expect(await findObject(fileKey)).toBeNull();
    expect(await storageOf(organization.id)).toEqual(before);
    expect(await refusalOf(client.complete(mediaFileId))).toMatchObject({ status: 410, code: "GONE" });
  });
});
