import { ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findObject, putObject } from "@/lib/clients/object-store";
import { listMultipartUploads } from "@/lib/clients/multipart-store";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import { S3 } from "@/lib/S3Client";
import type { UploadTicket } from "@/lib/schemas/upload";
import type { Fault } from "../../../scripts/local/object-store/fault.ts";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { mediaOf, refusalOf, sendParts, ticketOf, uploadClient, type UploadClient } from "../../support/upload-client";
import { beginInput, picture, storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const large = Buffer.alloc(MIN_PART_BYTES + 100, "Some notes.\n");
const small = Buffer.from("A few notes.\n");

let organization: Awaited<ReturnType<typeof createOrganization>>;
let client: UploadClient;

beforeAll(async () => {
  organization = await createOrganization();
});

beforeEach(async () => {
  client = await uploadClient(await createMember(organization, "instructor"));
});

afterEach(() => {
  store.onRequest = undefined;
});

type Operation = Parameters<NonNullable<typeof store.onRequest>>[0]["operation"];

/** Holds the first such request until `release` is called; `reached` says that it is there. */
function hold(operation: Operation) {
  const reached = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  store.onRequest = async (request) => {
    if (request.operation !== operation) return undefined;
    store.onRequest = undefined;
    reached.resolve(undefined);
    await gate.promise;
    return undefined;
  };
  return { reached: reached.promise, release: () => gate.resolve(undefined) };
}

/** Plays the fault at the first such request, or at every one. */
function play(operation: Operation, fault: Fault, times = Infinity): void {
  let left = times;
  store.onRequest = (request) => (request.operation === operation && (left -= 1) >= 0 ? fault : undefined);
}

async function sent(body: Buffer): Promise<UploadTicket> {
  const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
  await sendParts(client, ticket.mediaFileId, body);
  return ticket;
}

/** Nothing of the upload is left: no object, no parts, no bytes, and its row says so. */
async function expectGone({ mediaFileId, fileKey }: UploadTicket, before: Awaited<ReturnType<typeof storageOf>>): Promise<void> {
  expect(await findObject(fileKey)).toBeNull();
  expect(await listMultipartUploads(fileKey)).toEqual([]);
  expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId } })).toMatchObject({ state: "PURGED", stateReason: "CANCELLED" });
  expect(await storageOf(organization.id)).toEqual(before);
}

describe("cancelling while completing", () => {
  test.each<[string, Buffer, Operation]>([
    ["before the parts are put together", large, "CompleteMultipartUpload"],
    ["after the parts were put together, before the object is found", large, "HeadObject"],
    ["while the object is examined", large, "GetObject"],
    ["before a small file is found", small, "HeadObject"],
    ["while a small file is examined", small, "GetObject"],
  ])("%s: the cancellation wins, and nothing is left", async (_title, body, operation) => {
    const before = await storageOf(organization.id);
    const ticket = await sent(body);
    const held = hold(operation);
    const completing = refusalOf(client.complete(ticket.mediaFileId));
    await held.reached;
    expect((await client.cancel(ticket.mediaFileId)).status).toBe(204);
    held.release();
    expect([409, 410, 503]).toContain((await completing).status);
    await expectGone(ticket, before);
    expect(await refusalOf(client.complete(ticket.mediaFileId))).toMatchObject({ status: 410, code: "GONE" });
  });

  test("while the store still puts the parts together: what it makes after the cancellation is deleted", async () => {
    const before = await storageOf(organization.id);
    const ticket = await sent(large);
    const held = hold("HeadObject");
    const completing = refusalOf(client.complete(ticket.mediaFileId));
    await held.reached;
    expect((await client.cancel(ticket.mediaFileId)).status).toBe(204);
    await putObject(ticket.fileKey, large, { contentType: "text/plain" });
    held.release();
    expect(await completing).toMatchObject({ status: 410, code: "GONE" });
    await expectGone(ticket, before);
  });

  test("while a picture's sizes are stored: the cancellation wins, and none of them is left", async () => {
    const before = await storageOf(organization.id);
    const body = await picture("png", 700, 400);
    const ticket = await ticketOf(client.begin(beginInput("THUMBNAIL", "cover.png", body)));
    await sendParts(client, ticket.mediaFileId, body);
    const held = hold("PutObject");
    const completing = refusalOf(client.complete(ticket.mediaFileId));
    await held.reached;
    expect((await client.cancel(ticket.mediaFileId)).status).toBe(204);
    held.release();
    expect(await completing).toMatchObject({ status: 410, code: "GONE" });
    await expectGone(ticket, before);
    const Bucket = process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;
    const { Contents = [] } = await S3.send(new ListObjectsV2Command({ Bucket, Prefix: organization.storagePrefix }));
    expect(Contents.filter(({ Key }) => Key?.includes(ticket.mediaFileId))).toEqual([]);
  });

  test.each<[string, Buffer, Operation]>([
    ["an upload of parts", large, "AbortMultipartUpload"],
    ["a small file", small, "DeleteObject"],
  ])("that began first: completing %s waits for the cancellation and finds it gone", async (_title, body, operation) => {
    const before = await storageOf(organization.id);
    const ticket = await sent(body);
    const held = hold(operation);
    const cancelling = client.cancel(ticket.mediaFileId);
    await held.reached;
    const completing = refusalOf(client.complete(ticket.mediaFileId));
    held.release();
    expect((await cancelling).status).toBe(204);
    expect([409, 410, 503]).toContain((await completing).status);
    await expectGone(ticket, before);
  });

  test("that comes too late changes nothing", async () => {
    const ticket = await sent(large);
    await mediaOf(client.complete(ticket.mediaFileId));
    expect((await client.cancel(ticket.mediaFileId)).status).toBe(204);
    expect(await findObject(ticket.fileKey)).not.toBeNull();
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: ticket.mediaFileId } })).toMatchObject({ state: "READY" });
  });
});

describe("completing more than once", () => {
  test.each([
    ["an upload of parts", async () => ["ATTACHMENT", "notes.txt", large] as const],
    ["a small file", async () => ["ATTACHMENT", "notes.txt", small] as const],
    ["a picture, with its sizes", async () => ["THUMBNAIL", "cover.png", await picture("png", 700, 400)] as const],
  ])("twice at once and once again gives the same file, and counts %s once", async (_title, make) => {
    const [kind, name, body] = await make();
    const ticket = await ticketOf(client.begin(beginInput(kind, name, body)));
    await sendParts(client, ticket.mediaFileId, body);
    const views = await Promise.all([1, 2, 3].map(() => mediaOf(client.complete(ticket.mediaFileId))));
    views.push(await mediaOf(client.complete(ticket.mediaFileId)));
    expect(new Set(views.map(({ id, variants, blurDataUrl }) => JSON.stringify([id, variants, blurDataUrl]))).size).toBe(1);
    const { used, reserved, ledger } = await storageOf(organization.id);
    expect({ used, reserved }).toEqual(ledger);
  });

  test.each<[string, Fault]>([
    ["whose answer is lost", { kind: "lost-answer" }],
    ["that is answered with 200 and an error in the body", { kind: "error-after", status: 200, code: "InternalError" }],
    ["that is answered with 500 although it was done", { kind: "error-after", status: 500, code: "InternalError" }],
  ])("a completion %s is found to be done: NoSuchUpload, and the object is there", async (_title, fault) => {
    const ticket = await sent(large);
    play("CompleteMultipartUpload", fault, 1);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ id: ticket.mediaFileId, bytes: large.length });
    expect(store.traffic.of("CompleteMultipartUpload").requests).toBeGreaterThan(1);
  });

  test("when every answer says 200 with an error and nothing is done, the upload waits and completes later", async () => {
    const ticket = await sent(large);
    play("CompleteMultipartUpload", { kind: "error", status: 200, code: "InternalError" });
    expect(await refusalOf(client.complete(ticket.mediaFileId))).toMatchObject({ status: 503, code: "UNAVAILABLE", retryAfter: 30 });
    store.onRequest = undefined;
    expect((await ticketOf(client.status(ticket.mediaFileId))).arrived).toHaveLength(2);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: large.length });
  });

  test("a server that died after the parts were put together: status and the next completion find the object", async () => {
    const ticket = await sent(large);
    play("HeadObject", { kind: "error", status: 500, code: "InternalError" });
    expect(await refusalOf(client.complete(ticket.mediaFileId))).toMatchObject({ status: 503 });
    store.onRequest = undefined;
    const { arrived } = await ticketOf(client.status(ticket.mediaFileId));
    expect(arrived.map(({ partNumber }) => partNumber)).toEqual([1, 2]);
    expect(await mediaOf(client.complete(ticket.mediaFileId))).toMatchObject({ bytes: large.length });
  });

  test("an object that is not what the parts add up to is refused and deleted with them", async () => {
    const before = await storageOf(organization.id);
    const ticket = await sent(large);
    const held = hold("CompleteMultipartUpload");
    const completing = refusalOf(client.complete(ticket.mediaFileId));
    await held.reached;
    const other = { Bucket: process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, Key: ticket.fileKey, ChecksumAlgorithm: "SHA256" } as const;
    await S3.send(new PutObjectCommand({ ...other, Body: Buffer.alloc(large.length, "Other notes\n") }));
    held.release();
    expect(await completing).toMatchObject({ status: 422, message: "What arrived in storage is not what was sent. Upload it again." });
    expect(await findObject(ticket.fileKey)).toBeNull();
    expect(await listMultipartUploads(ticket.fileKey)).toEqual([]);
    expect(await storageOf(organization.id)).toEqual(before);
  });
});
