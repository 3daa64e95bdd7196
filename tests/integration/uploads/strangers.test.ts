import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { createMember, createOrganization, system } from "../../support/factories";
import { mediaOf, refusalOf, sendParts, ticketOf, uploadClient, type UploadClient } from "../../support/upload-client";
import { beginInput, cut, storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const large = Buffer.alloc(MIN_PART_BYTES + 100, "Some notes.\n");
const small = Buffer.from("A few notes.\n");

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

const callsOf = (caller: UploadClient, mediaFileId: string, body: Buffer) => [
  () =>
    caller.sign(
      mediaFileId,
      cut(body).map(({ partNumber, sha256 }) => ({ partNumber, sha256 })),
    ),
  () => caller.status(mediaFileId),
  () => caller.peek(mediaFileId),
  () => caller.complete(mediaFileId),
  () => caller.cancel(mediaFileId),
];

describe.each([
  ["one part", small],
  ["two parts", large],
])("an upload of %s", (_title, body) => {
  test("does not exist for a colleague, an owner, or another tenant's owner, whatever they ask; its author goes on", async () => {
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    await sendParts(client, mediaFileId, body);
    const { reservedUntil } = await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId } });
    const strangers = [
      await createMember(organization, "instructor"),
      await createMember(organization, "owner"),
      await createMember(await createOrganization(), "owner"),
    ];
    for (const stranger of strangers) {
      const caller = await uploadClient(stranger);
      for (const call of callsOf(caller, mediaFileId, body))
        expect(await refusalOf(call())).toMatchObject({ status: 404, code: "NOT_FOUND" });
    }
    // Not even its lease was touched.
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId } })).toMatchObject({ state: "PENDING", reservedUntil });
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ bytes: body.length });
  });

  test("stops when its author's membership is revoked, and its bytes come back when its lease is over", async () => {
    const before = await storageOf(organization.id);
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    await sendParts(client, mediaFileId, body);
    await db.member.delete({ where: { id: author.memberId } });
    for (const call of callsOf(client, mediaFileId, body)) expect(await refusalOf(call())).toMatchObject({ status: 404 });
    expect((await storageOf(organization.id)).reserved - before.reserved).toBe(body.length);
    await db.mediaFile.update({ where: { id: mediaFileId }, data: { reservedUntil: new Date(Date.now() - 1000) } });
    expect(await cleanupStorage(system)).toMatchObject({ expired: 1, failed: 0 });
    expect(await storageOf(organization.id)).toEqual(before);
  });

  test("completes although the organization's limit was lowered meanwhile: what was reserved stays promised", async () => {
    const own = await createOrganization();
    const uploader = await uploadClient(await createMember(own, "instructor"));
    const { mediaFileId } = await ticketOf(uploader.begin(beginInput("ATTACHMENT", "notes.txt", body)));
    await db.storageAccount.update({ where: { organizationId: own.id }, data: { limitBytes: 1n } });
    await sendParts(uploader, mediaFileId, body);
    expect(await mediaOf(uploader.complete(mediaFileId))).toMatchObject({ bytes: body.length });
    expect(await storageOf(own.id)).toMatchObject({ used: body.length, reserved: 0 });
    expect(await refusalOf(uploader.begin(beginInput("ATTACHMENT", "more.txt", small)))).toMatchObject({ code: "QUOTA_EXCEEDED" });
  });
});

test("a role that may not upload any more gets nothing signed", async () => {
  const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", small)));
  await db.member.update({ where: { id: author.memberId }, data: { role: "learner" } });
  for (const call of callsOf(client, mediaFileId, small)) expect(await refusalOf(call())).toMatchObject({ status: 403, code: "FORBIDDEN" });
  expect((await client.list()).status).toBe(403);
});
