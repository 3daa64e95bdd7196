import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as cleanUp } from "@/app/api/cron/cleanup-storage/route";
import { findObject } from "@/lib/clients/object-store";
import { abortMultipartUpload, listMultipartUploads } from "@/lib/clients/multipart-store";
import { getQueue } from "@/lib/clients/queue";
import { HOUR, MINUTE } from "@/lib/core/clock";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import { callRoute } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { mediaOf, refusalOf, sendParts, ticketOf, uploadClient, type UploadClient } from "../../support/upload-client";
import { beginInput, cut, sendPart, storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const large = Buffer.alloc(MIN_PART_BYTES + 100, "Some notes.\n");
const small = Buffer.from("A few notes.\n");
const nothing = { used: 0, reserved: 0, ledger: { used: 0, reserved: 0 } };

let organization: Awaited<ReturnType<typeof createOrganization>>;
let client: UploadClient;

beforeEach(async () => {
  organization = await createOrganization();
  client = await uploadClient(await createMember(organization, "instructor"));
  await (await getQueue()).deleteAllJobs();
});

afterEach(() => {
  vi.useRealTimers();
  store.onRequest = undefined;
});

const rowOf = (id: string) => db.mediaFile.findUniqueOrThrow({ where: { id } });
const leaseOf = async (id: string) => ((await rowOf(id)).reservedUntil?.getTime() ?? 0) - Date.now();
const endLease = (id: string) => db.mediaFile.update({ where: { id }, data: { reservedUntil: new Date(Date.now() - 1000) } });
const dueJobs = (id: string) =>
  db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE data->>'mediaFileId' = ${id} AND state = 'created'`;
const waitingJobs = async (id: string) =>
  (
    await db.$queryRaw<{ after: Date }[]>`
    SELECT start_after AS after FROM pgboss.job WHERE data->>'mediaFileId' = ${id} AND state = 'created'`
  ).map(({ after }) => after.getTime());
const drain = () => drainJobs(new Date(Date.now() + 20_000));
const named = (body: Buffer) => cut(body).map(({ partNumber, sha256 }) => ({ partNumber, sha256 }));

describe("a lease", () => {
  test.each([
    ["six hours for one part", small, 6 * HOUR],
    ["a week for several", large, 168 * HOUR],
  ])("is %s, and every sign of life moves it on", async (_title, body, length) => {
    const { mediaFileId } = await ticketOf(client.begin({ ...beginInput("ATTACHMENT", "notes.txt", body), fingerprint: "a".repeat(64) }));
    const signs = [
      () => client.sign(mediaFileId, named(body)),
      () => client.status(mediaFileId),
      () => client.begin({ ...beginInput("ATTACHMENT", "notes.txt", body), fingerprint: "a".repeat(64) }),
    ];
    for (const sign of signs) {
      await db.mediaFile.update({ where: { id: mediaFileId }, data: { reservedUntil: new Date(Date.now() + MINUTE) } });
      expect((await sign()).status).toBe(200);
      expect(Math.abs((await leaseOf(mediaFileId)) - length)).toBeLessThan(MINUTE);
    }
  });

  test("is not moved on by who only looks, nor is an upload ended that storage has lost", async () => {
    const { mediaFileId, fileKey } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    await sendParts(client, mediaFileId, large, [1]);
    const { reservedUntil } = await endLease(mediaFileId);
    expect(await ticketOf(client.peek(mediaFileId))).toMatchObject({ signed: [], arrived: [{ partNumber: 1, bytes: MIN_PART_BYTES }] });
    for (const id of await listMultipartUploads(fileKey)) await abortMultipartUpload(fileKey, id);
    expect((await ticketOf(client.peek(mediaFileId))).arrived).toEqual([]);
    expect(await rowOf(mediaFileId)).toMatchObject({ state: "PENDING", reservedUntil });
    await dueJobs(mediaFileId);
    await drain();
    expect(await refusalOf(client.peek(mediaFileId))).toMatchObject({ status: 410, code: "GONE" });
  });

  test("that was moved on is looked at again at its new end, by one job", async () => {
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    await dueJobs(mediaFileId);
    expect(await drain()).toEqual({ completed: 1, failed: 0 });
    expect(await rowOf(mediaFileId)).toMatchObject({ state: "PENDING" });
    const [next, ...others] = await waitingJobs(mediaFileId);
    expect(others).toEqual([]);
    expect(next).toBe(((await rowOf(mediaFileId)).reservedUntil?.getTime() ?? 0) + MINUTE);
  });

  test.each([
    [
      "by its job",
      async (id: string) => {
        await dueJobs(id);
        expect(await drain()).toEqual({ completed: 1, failed: 0 });
      },
    ],
    [
      "by the clean-up, should the job be lost",
      async () => {
        await (await getQueue()).deleteAllJobs();
        const answer = await callRoute(cleanUp, { method: "GET", headers: { authorization: `Bearer ${process.env.CRON_SECRET ?? ""}` } });
        expect(answer.status).toBe(200);
      },
    ],
  ])("that ran out ends an upload %s: parts aborted at the store, bytes back", async (_title, end) => {
    const { mediaFileId, fileKey } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    await sendParts(client, mediaFileId, large, [1]);
    await endLease(mediaFileId);
    await end(mediaFileId);
    expect(await rowOf(mediaFileId)).toMatchObject({ state: "PURGED", stateReason: "EXPIRED", multipartId: null });
    expect(await listMultipartUploads(fileKey)).toEqual([]);
    expect(await storageOf(organization.id)).toEqual(nothing);
    expect(await refusalOf(client.sign(mediaFileId, named(large)))).toMatchObject({ status: 410, code: "GONE" });
  });

  test("that ran out a moment ago is moved on by a sign that comes before the cleaner", async () => {
    const { mediaFileId } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    await endLease(mediaFileId);
    await sendParts(client, mediaFileId, large);
    await dueJobs(mediaFileId);
    await drain();
    expect(await mediaOf(client.complete(mediaFileId))).toMatchObject({ bytes: large.length });
  });
});

describe("after an upload has ended", () => {
  test("a PUT that was on its way and arrives later is deleted when the upload is looked after", async () => {
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", small)));
    expect((await client.cancel(ticket.mediaFileId)).status).toBe(204);
    expect((await sendPart(ticket.signed[0] ?? expect.fail(), small)).status).toBe(200);
    await dueJobs(ticket.mediaFileId);
    expect(await drain()).toEqual({ completed: 1, failed: 0 });
    expect(await findObject(ticket.fileKey)).toBeNull();
    expect(await storageOf(organization.id)).toEqual(nothing);
  });

  test("so is one that began by an address given just before, after the upload was looked after already", async () => {
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", small)));
    await client.cancel(ticket.mediaFileId);
    await dueJobs(ticket.mediaFileId);
    expect(await drain()).toEqual({ completed: 1, failed: 0 });
    expect((await sendPart(ticket.signed[0] ?? expect.fail(), small)).status).toBe(200);
    expect((await waitingJobs(ticket.mediaFileId)).map((at) => Math.round((at - Date.now()) / HOUR))).toEqual([1]);
    await db.mediaFile.update({ where: { id: ticket.mediaFileId }, data: { purgedAt: new Date(Date.now() - 2 * HOUR) } });
    await dueJobs(ticket.mediaFileId);
    expect(await drain()).toEqual({ completed: 1, failed: 0 });
    expect(await findObject(ticket.fileKey)).toBeNull();
    expect(await waitingJobs(ticket.mediaFileId)).toEqual([]);
  });

  test("a part's address is worth nothing any more", async () => {
    const ticket = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
    await client.cancel(ticket.mediaFileId);
    expect((await sendPart(ticket.signed[0] ?? expect.fail(), cut(large)[0]?.bytes ?? large)).status).toBe(404);
  });
});

test("of a finished upload the object alone stays: what a lost answer began at the store is ended", async () => {
  let left = 1;
  store.onRequest = ({ operation }) => (operation === "CreateMultipartUpload" && (left -= 1) >= 0 ? { kind: "lost-answer" } : undefined);
  const { mediaFileId, fileKey } = await ticketOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)));
  store.onRequest = undefined;
  await sendParts(client, mediaFileId, large);
  await mediaOf(client.complete(mediaFileId));
  expect(await listMultipartUploads(fileKey)).toHaveLength(1);
  await dueJobs(mediaFileId);
  expect(await drain()).toEqual({ completed: 1, failed: 0 });
  expect(await listMultipartUploads(fileKey)).toEqual([]);
  expect(await findObject(fileKey)).toMatchObject({ bytes: large.length });
});

describe("a beginning that the store does not take on", () => {
  test.each([
    ["one part", small],
    ["several parts", large],
  ])("is answered with UNAVAILABLE and reserves nothing: %s", async (_title, body) => {
    // Long enough after the last answer that the store is asked, also for one part.
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    store.onRequest = () => ({ kind: "error", status: 503, code: "SlowDown" });
    expect(await refusalOf(client.begin(beginInput("ATTACHMENT", "notes.txt", body)))).toMatchObject({
      status: 503,
      code: "UNAVAILABLE",
      retryAfter: 30,
    });
    expect(await storageOf(organization.id)).toEqual(nothing);
  });

  test("although it did: what it began there goes when the upload is looked after", async () => {
    store.onRequest = ({ operation }) => (operation === "CreateMultipartUpload" ? { kind: "lost-answer" } : undefined);
    expect(await refusalOf(client.begin(beginInput("ATTACHMENT", "notes.txt", large)))).toMatchObject({ status: 503 });
    store.onRequest = undefined;
    expect(await storageOf(organization.id)).toEqual(nothing);
    const { id, fileKey, stateReason } = await db.mediaFile.findFirstOrThrow({ where: { organizationId: organization.id } });
    expect(stateReason).toBe("NOT_BEGUN");
    expect((await listMultipartUploads(fileKey)).length).toBeGreaterThan(0);
    await dueJobs(id);
    expect(await drain()).toEqual({ completed: 1, failed: 0 });
    expect(await listMultipartUploads(fileKey)).toEqual([]);
  });
});
