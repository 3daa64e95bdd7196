import { createHash } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { abortMultipartUpload, listMultipartUploads } from "@/lib/clients/multipart-store";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import type { UploadTicket } from "@/lib/schemas/upload";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { mediaOf, refusalOf, sendParts, signedOf, ticketOf, uploadClient, uploadsOf, type UploadClient } from "../../support/upload-client";
import { beginInput, cut, sendPart, storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const large = Buffer.alloc(2 * MIN_PART_BYTES + 100, "Some notes.\n");
const small = Buffer.from("A few notes.\n");
const printOf = (body: Buffer) => createHash("sha256").update(body).digest("hex");
const inputOf = (body: Buffer) => ({
  ...beginInput("ATTACHMENT", "notes.txt", body),
  fingerprint: printOf(body),
  lastModified: 1_700_000_000_000,
});

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;
let client: UploadClient;

beforeAll(async () => {
  organization = await createOrganization();
});

beforeEach(async () => {
  author = await createMember(organization, "instructor");
  client = await uploadClient(author);
});

afterEach(() => {
  store.onRequest = undefined;
});

describe("going on with an upload", () => {
  test("in another session the same file is found by its fingerprint, with what has arrived and addresses of the rest", async () => {
    const begun = await ticketOf(client.begin(inputOf(large)));
    await sendParts(client, begun.mediaFileId, large, [2]);
    const reserved = (await storageOf(organization.id)).reserved;

    const elsewhere = await uploadClient(author);
    const destination = { href: `/o/${organization.slug}/admin/courses`, label: "Notes of Ask one question" };
    const ticket = await ticketOf(elsewhere.begin({ ...inputOf(large), fileName: "Notes 2.txt", destination }));
    const sums = cut(large).map(({ sha256 }) => sha256);
    expect(ticket).toMatchObject({
      mediaFileId: begun.mediaFileId,
      fileKey: begun.fileKey,
      resumed: true,
      fileName: "Notes 2.txt",
      fingerprint: printOf(large),
      lastModified: 1_700_000_000_000,
      arrived: [{ partNumber: 2, bytes: MIN_PART_BYTES, sha256: sums[1] }],
    });
    expect(ticket.signed.map(({ partNumber }) => partNumber)).toEqual([1, 3]);
    expect((await storageOf(organization.id)).reserved).toBe(reserved);
    for (const part of ticket.signed) {
      expect((await sendPart(part, cut(large)[part.partNumber - 1]?.bytes ?? expect.fail())).status).toBe(200);
    }
    expect(await mediaOf(elsewhere.complete(ticket.mediaFileId))).toMatchObject({ bytes: large.length, fileName: "Notes 2.txt" });
  });

  test("without the file: the list names it, its status says how far it is, and that is no begin", async () => {
    const destination = { href: `/o/${organization.slug}/admin/courses`, label: "Notes of Ask one question" };
    const { mediaFileId } = await ticketOf(client.begin({ ...inputOf(large), destination }));
    await sendParts(client, mediaFileId, large, [1]);
    const elsewhere = await uploadClient(author);
    const { unfinished, unused } = await uploadsOf(elsewhere.list());
    expect(unused).toEqual([]);
    expect(unfinished).toMatchObject([
      { mediaFileId, kind: "ATTACHMENT", fileName: "notes.txt", size: large.length, fingerprint: printOf(large), destination },
    ]);
    const lease = Date.parse(unfinished[0]?.keptUntil ?? "") - Date.now();
    expect(lease).toBeGreaterThan(167 * 3_600_000);
    for (let time = 0; time < 6; time += 1) {
      expect(await ticketOf(elsewhere.status(mediaFileId))).toMatchObject({ resumed: true, signed: [], arrived: [{ partNumber: 1 }] });
    }
    await sendParts(elsewhere, mediaFileId, large, [2, 3]);
    await mediaOf(elsewhere.complete(mediaFileId));
    const lists = await uploadsOf(client.list());
    expect(lists.unfinished).toEqual([]);
    expect(lists.unused).toMatchObject([{ media: { id: mediaFileId, fileName: "notes.txt" }, destination }]);
  });

  test("a small file that arrived although its answer did not has nothing left to send", async () => {
    const begun = await ticketOf(client.begin(inputOf(small)));
    store.onRequest = ({ operation }) => (operation === "PutObject" ? { kind: "lost-answer" } : undefined);
    await expect(sendPart(begun.signed[0] ?? expect.fail(), small)).rejects.toThrow();
    store.onRequest = undefined;
    const [part] = cut(small);
    const sha256 = part?.sha256 ?? "";
    expect(await signedOf(client.sign(begun.mediaFileId, [{ partNumber: 1, sha256 }]))).toMatchObject({ signed: [] });
    expect(await ticketOf(client.begin(inputOf(small)))).toMatchObject({
      mediaFileId: begun.mediaFileId,
      resumed: true,
      signed: [],
      arrived: [{ partNumber: 1, bytes: small.length, sha256 }],
    });
    const edited = cut(Buffer.from("A few other n"))[0]?.sha256 ?? "";
    expect(await refusalOf(client.sign(begun.mediaFileId, [{ partNumber: 1, sha256: edited }]))).toMatchObject({ status: 409 });
    expect(await mediaOf(client.complete(begun.mediaFileId))).toMatchObject({ bytes: small.length });
  });

  test("a finished one has all of its parts, so that whoever missed the end only completes it", async () => {
    const { mediaFileId } = await ticketOf(client.begin(inputOf(large)));
    await sendParts(client, mediaFileId, large);
    await mediaOf(client.complete(mediaFileId));
    const { arrived, partCount } = await ticketOf(client.status(mediaFileId));
    expect(arrived.map(({ partNumber, bytes }) => [partNumber, bytes])).toEqual([
      [1, MIN_PART_BYTES],
      [2, MIN_PART_BYTES],
      [3, 100],
    ]);
    expect(partCount).toBe(3);
    expect((await signedOf(client.sign(mediaFileId, [{ partNumber: 1, sha256: cut(large)[0]?.sha256 ?? "" }]))).signed).toEqual([]);
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ id: mediaFileId });
  });

  test("the same name twice, with other contents or without a fingerprint, makes two files", async () => {
    const other = Buffer.from("Other notes.\n");
    const inputs = [
      inputOf(small),
      inputOf(other),
      beginInput("ATTACHMENT", "notes.txt", small),
      beginInput("ATTACHMENT", "notes.txt", small),
    ];
    const tickets = [];
    for (const input of inputs) tickets.push(await ticketOf(client.begin(input)));
    expect(new Set(tickets.map(({ mediaFileId }) => mediaFileId)).size).toBe(4);
    expect(tickets.map(({ fileName, resumed }) => [fileName, resumed])).toEqual(Array(4).fill(["notes.txt", false]));
  });

  test("a person's upload is not found by a colleague with the same file, nor as another kind or in another organization", async () => {
    const begun = await ticketOf(client.begin(inputOf(small)));
    const colleague = await uploadClient(await createMember(organization, "instructor"));
    const elsewhere = await createOrganization();
    const { id: organizationId, slug, name, storagePrefix, accentColor } = elsewhere;
    const { memberId } = await createMember(elsewhere, "owner");
    await db.member.update({ where: { id: memberId }, data: { userId: author.userId } });
    const there = await uploadClient({
      ...author,
      organization: { ...author.organization, id: organizationId, slug, name, storagePrefix, accentColor },
    });
    for (const other of [colleague, there]) {
      const ticket = await ticketOf(other.begin(inputOf(small)));
      expect(ticket.resumed).toBe(false);
      expect(ticket.mediaFileId).not.toBe(begun.mediaFileId);
    }
    expect((await uploadsOf(colleague.list())).unfinished.map(({ mediaFileId }) => mediaFileId)).not.toContain(begun.mediaFileId);
  });
});

/** As a bucket's rule for old uploads would. */
async function forgetMultipart({ fileKey }: UploadTicket): Promise<void> {
  for (const multipartId of await listMultipartUploads(fileKey)) await abortMultipartUpload(fileKey, multipartId);
}

describe("what storage knows better", () => {
  test("a begin that died before it wrote the multipart upload's id down: the next one takes that upload on", async () => {
    const begun = await ticketOf(client.begin(inputOf(large)));
    await sendParts(client, begun.mediaFileId, large, [1]);
    const { multipartId } = await db.mediaFile.update({ where: { id: begun.mediaFileId }, data: { multipartId: null } });
    expect(multipartId).toBeNull();
    const ticket = await ticketOf(client.begin(inputOf(large)));
    expect(ticket).toMatchObject({ mediaFileId: begun.mediaFileId, resumed: true, arrived: [{ partNumber: 1 }] });
    await sendParts(client, begun.mediaFileId, large, [2, 3]);
    expect(await mediaOf(client.complete(begun.mediaFileId))).toMatchObject({ bytes: large.length });
    expect(await listMultipartUploads(begun.fileKey)).toEqual([]);
  });

  test("a begin that died before the store was asked: two calls that go on at once agree on one multipart upload", async () => {
    const begun = await ticketOf(client.begin(inputOf(large)));
    await forgetMultipart(begun);
    await db.mediaFile.update({ where: { id: begun.mediaFileId }, data: { multipartId: null } });
    store.onRequest = ({ operation }) => (operation === "ListMultipartUploads" ? { kind: "error", status: 500, code: "X" } : undefined);
    expect(await refusalOf(client.status(begun.mediaFileId))).toMatchObject({ status: 503 });
    // Neither begins one before the other has seen that there is none.
    let calls = 0;
    const both = Promise.withResolvers<undefined>();
    store.onRequest = async ({ operation }) => {
      if (operation !== "CreateMultipartUpload") return undefined;
      calls += 1;
      if (calls === 2) both.resolve(undefined);
      await both.promise;
      return undefined;
    };
    const tickets = await Promise.all([client.status(begun.mediaFileId), client.status(begun.mediaFileId)].map(ticketOf));
    expect(tickets.map(({ arrived }) => arrived)).toEqual([[], []]);
    const { multipartId } = await db.mediaFile.findUniqueOrThrow({ where: { id: begun.mediaFileId } });
    expect(await listMultipartUploads(begun.fileKey)).toEqual([multipartId]);
    await sendParts(client, begun.mediaFileId, large);
    expect(await mediaOf(client.complete(begun.mediaFileId))).toMatchObject({ bytes: large.length });
  });

  test("an upload that storage has lost ends, its bytes come back, and the same file begins anew", async () => {
    const before = await storageOf(organization.id);
    const begun = await ticketOf(client.begin(inputOf(large)));
    await forgetMultipart(begun);
    const anew = await ticketOf(client.begin(inputOf(large)));
    expect(anew).toMatchObject({ resumed: false, arrived: [] });
    expect(anew.mediaFileId).not.toBe(begun.mediaFileId);
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: begun.mediaFileId } })).toMatchObject({
      state: "PURGED",
      stateReason: "LOST",
    });
    expect(await refusalOf(client.status(begun.mediaFileId))).toMatchObject({ status: 410, code: "GONE" });
    expect((await storageOf(organization.id)).reserved - before.reserved).toBe(large.length);
  });
});
