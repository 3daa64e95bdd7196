import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTransfer } from "@/components/file-uploader/engine/transfer";
import type { TransferPhase } from "@/components/file-uploader/engine/transfer";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type { RequestHook } from "../../../scripts/local/object-store/fault.ts";
import { signIn } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { seededRandom } from "../../support/seeded-random";
import { createEngineDoors } from "./engine-doors";
import { MadeFile, otherBytes, patched, videoBlob } from "./made-file";

vi.mock("next/headers", () => import("../../support/next-headers"));
vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));

let organization: Awaited<ReturnType<typeof createOrganization>>;
let cookie: string;

beforeAll(async () => {
  organization = await createOrganization({ limitBytes: 8n * 1024n ** 3n });
});

beforeEach(async () => {
  cookie = await signIn((await createMember(organization, "instructor")).userId);
  store.onRequest = undefined;
  store.traffic.reset();
});

function open(file: File) {
  const { doors, watch } = createEngineDoors({ org: organization.slug, cookie: () => cookie, speed: 200 });
  const phases: TransferPhase[] = [];
  const onChange = ({ phase }: { phase: TransferPhase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  };
  return { watch, phases, transfer: createTransfer({ ...doors, file, kind: "VIDEO", contentType: "video/mp4", onChange }) };
}

/** Plays the fault for the first so many parts that come. */
const forParts = (times: number, fault: Awaited<ReturnType<RequestHook>>): RequestHook => {
  let left = times;
  return ({ operation }) => {
    if (operation !== "UploadPart" || left === 0) return undefined;
    left -= 1;
    return fault;
  };
};

const sent = () => store.traffic.of("UploadPart").bytesIn;
const rowOf = (id: string | null) => db.mediaFile.findUniqueOrThrow({ where: { id: id ?? "" } });
const refusal = (status: number, error: object) => Response.json({ error }, { status });

test.each<[string, Awaited<ReturnType<RequestHook>>, number]>([
  ["answers that it is busy", { kind: "error", status: 503, code: "SlowDown", retryAfter: 3 }, 3000],
  ["breaks down", { kind: "error", status: 500, code: "InternalError" }, 0],
  ["cuts the line in the middle of a part", { kind: "disconnect", afterBytes: 2 * 1024 ** 2 }, 0],
  ["takes a part but its answer is lost", { kind: "lost-answer" }, 0],
  ["says once that a part's bytes are wrong", { kind: "error", status: 400, code: "BadDigest" }, 0],
])("a store that %s gets the part again, after a while", async (_title, fault, waited) => {
  const size = 2 * MIN_PART_BYTES + 1;
  store.onRequest = forParts(2, fault);
  const { transfer, watch } = open(new MadeFile(videoBlob(size)));
  expect((await transfer.run()).bytes).toBe(size);
  expect(watch.waits.some((wait) => wait >= waited && wait < 60_000)).toBe(true);
  expect(watch.calls).toEqual({ upload: 1, complete: 1 });
});

test("with one request of five failing every part arrives, and what arrived is not sent again", async () => {
  const size = 9 * MIN_PART_BYTES;
  const random = seededRandom(3);
  store.onRequest = ({ operation }) =>
    operation === "UploadPart" && random() < 0.2 ? { kind: "error", status: 500, code: "InternalError" } : undefined;
  const { transfer } = open(new MadeFile(videoBlob(size)));
  expect((await transfer.run()).bytes).toBe(size);
  const { requests, failures } = store.traffic.of("UploadPart");
  expect(failures).toBeGreaterThan(0);
  expect(requests - failures).toBe(9);
});

test("a part that storage never takes ends the upload with a sentence, and trying again goes on", async () => {
  const size = 4 * MIN_PART_BYTES;
  const { transfer } = open(new MadeFile(videoBlob(size)));
  store.onRequest = async ({ operation, query }) => {
    if (operation !== "UploadPart" || query.get("partNumber") !== "2") return undefined;
    await vi.waitFor(() => expect(transfer.view().sent).toBeGreaterThanOrEqual(3 * MIN_PART_BYTES), { timeout: 15_000, interval: 5 });
    return { kind: "error", status: 500, code: "InternalError" };
  };
  await expect(transfer.run()).rejects.toMatchObject({ code: "UNAVAILABLE", canRetry: true });
  expect(transfer.view().sent).toBe(3 * MIN_PART_BYTES);
  store.onRequest = undefined;
  store.traffic.reset();
  expect((await transfer.run()).bytes).toBe(size);
  expect(sent()).toBe(MIN_PART_BYTES);
});

test("addresses that run out in the middle of a part are replaced, also when the store's clock is ahead of the app's by seven minutes", async () => {
  const size = 7 * MIN_PART_BYTES;
  let advanced = false;
  store.onRequest = async ({ operation }) => {
    if (operation === "UploadPart" && !advanced) {
      advanced = true;
      await store.advance(7 * 60_000);
    }
    return undefined;
  };
  const { transfer, watch } = open(new MadeFile(videoBlob(size)));
  expect((await transfer.run()).bytes).toBe(size);
  expect(advanced).toBe(true);
  expect(sent()).toBeLessThanOrEqual(size + 4 * MIN_PART_BYTES);
  expect(watch.calls.upload).toBe(1);
});

test("after the page was killed a new one sends at most four parts again", async () => {
  const size = 10 * MIN_PART_BYTES;
  const content = videoBlob(size);
  const first = open(new MadeFile(content));
  const run = first.transfer.run();
  await vi.waitFor(() => expect(first.transfer.view().sent).toBeGreaterThan(0.6 * size), { timeout: 15_000, interval: 5 });
  first.transfer.pause();
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
  const second = open(new MadeFile(content));
  expect((await second.transfer.run()).id).toBe(first.transfer.view().mediaFileId);
  expect(second.watch.calls).toMatchObject({ upload: 1, complete: 1 });
  expect(sent()).toBeLessThanOrEqual(size + 4 * MIN_PART_BYTES);
  expect(second.phases.some((phase) => phase.name === "preparing" && phase.comparing)).toBe(false);
});

test("a file that is edited while it is sent is not put together from two versions; its bytes are given back", async () => {
  const content = videoBlob(6 * MIN_PART_BYTES);
  const file = new MadeFile(content);
  const { transfer, watch } = open(file);
  let id: string | null = null;
  watch.onCall = (name) => {
    // The first parts' sums are taken; the third one changes before it is sent.
    if (name === "upload") file.edit(patched(content, 2 * MIN_PART_BYTES + 10, otherBytes(100)));
    if (name === "cancel") id = transfer.view().mediaFileId ?? id;
    return undefined;
  };
  await expect(transfer.run()).rejects.toMatchObject({ code: "FILE_CHANGED", canRetry: false });
  expect(watch.calls).toMatchObject({ cancel: 1 });
  expect(transfer.view().mediaFileId).toBeNull();
  const rows = await db.mediaFile.findMany({ where: { organizationId: organization.id, state: "PENDING" } });
  expect(rows.map((row) => row.id)).not.toContain(id);
});

test("a file that was removed is told from a lost line, and what has arrived stays", async () => {
  const file = new MadeFile(videoBlob(9 * MIN_PART_BYTES));
  const { transfer, watch } = open(file);
  watch.onCall = (name) => {
    if (name === "sign") file.remove();
    return undefined;
  };
  await expect(transfer.run()).rejects.toMatchObject({ code: "FILE_UNREADABLE", canRetry: true });
  expect(await rowOf(transfer.view().mediaFileId)).toMatchObject({ state: "PENDING" });
});

test("a file that was edited since its upload began, with the same size and samples, is told by its parts", async () => {
  const content = videoBlob(5 * MIN_PART_BYTES);
  const first = open(new MadeFile(content));
  const run = first.transfer.run();
  await vi.waitFor(() => expect(first.transfer.view().sent).toBeGreaterThan(4.5 * MIN_PART_BYTES), { timeout: 15_000, interval: 5 });
  first.transfer.pause();
  await run.catch(() => undefined);
  const edited = new MadeFile(patched(content, 400_000, otherBytes(10)), "talk.mp4", 1_790_000_500_000);
  const second = open(edited);
  await expect(second.transfer.run()).rejects.toMatchObject({ name: "FileMismatch", reason: "changed" });
  expect(second.phases).toContainEqual({ name: "preparing", comparing: true });
  // What is kept is shown beside the question.
  expect(second.transfer.view().sent).toBeGreaterThanOrEqual(MIN_PART_BYTES);
  // Only saved again: the same bytes go on.
  const third = open(new MadeFile(content, "talk.mp4", 1_790_000_600_000));
  expect((await third.transfer.run()).bytes).toBe(content.size);
});

test("the server's limit is waited out as it says, a lost answer of the server is asked for again", async () => {
  const { transfer, watch, phases } = open(new MadeFile(videoBlob(MIN_PART_BYTES + 1)));
  watch.onCall = (name) =>
    name === "upload" && watch.calls.upload === 1
      ? refusal(429, { code: "RATE_LIMITED", message: "Too many uploads were begun.", retryAfter: 40 })
      : undefined;
  watch.onAnswer = (name) => {
    if (name === "complete" && watch.calls.complete === 1) throw new TypeError("Failed to fetch");
  };
  await transfer.run();
  expect(watch.calls).toEqual({ upload: 2, complete: 2 });
  const limit = phases.find((phase) => phase.name === "waiting");
  expect(limit).toMatchObject({ wait: { reason: "limit", seconds: 41 } });
  expect(watch.waits.some((wait) => wait >= 40_000 && wait < 41_000)).toBe(true);
});

test("parts that the server does not find are sent again before it is asked once more", async () => {
  const { transfer, watch } = open(new MadeFile(videoBlob(2 * MIN_PART_BYTES)));
  watch.onCall = (name) =>
    name === "complete" && watch.calls.complete === 1
      ? refusal(409, { code: "CONFLICT", message: "1 of 2 parts has arrived." })
      : undefined;
  await transfer.run();
  expect(watch.calls).toEqual({ upload: 1, status: 1, complete: 2 });
});

test.each([
  ["QUOTA_EXCEEDED", 403, true],
  ["FORBIDDEN", 403, false],
  ["UNAUTHENTICATED", 401, true],
  ["TOO_LARGE", 413, false],
  ["UNSUPPORTED_TYPE", 415, false],
])("%s ends an upload at once, with the server's own sentence", async (code, status, canRetry) => {
  const { transfer, watch } = open(new MadeFile(videoBlob(200_000)));
  watch.onCall = () => refusal(status, { code, message: "A sentence of the server." });
  await expect(transfer.run()).rejects.toMatchObject({ code, canRetry, message: "A sentence of the server." });
  expect(watch.calls).toEqual({ upload: 1 });
  expect(transfer.view().mediaFileId).toBeNull();
});

test("an upload that is given up while the server is asked leaves nothing behind", async () => {
  const { transfer, watch } = open(new MadeFile(videoBlob(2 * MIN_PART_BYTES)));
  const cancelled: Promise<void>[] = [];
  watch.onCall = (name) => {
    if (name === "upload") cancelled.push(transfer.cancel());
    return undefined;
  };
  const before = await db.mediaFile.count({ where: { state: "PENDING" } });
  await expect(transfer.run()).rejects.toMatchObject({ name: "AbortError" });
  await Promise.all(cancelled);
  await vi.waitFor(async () => expect(await db.mediaFile.count({ where: { state: "PENDING" } })).toBe(before));
  expect(sent()).toBe(0);
});
