import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createUploadQueue } from "@/components/file-uploader/engine/upload-queue";
import { createHeldNames, createTabLock, noTabLock } from "@/components/file-uploader/engine/tab-lock";
import { db } from "@/lib/db";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { signIn } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { createEngineDoors } from "./engine-doors";
import { MadeFile, otherBytes, patched, videoBlob } from "./made-file";
import { itemOf, reached, refuseOnce } from "./queue-watch";

vi.mock("next/headers", () => import("../../support/next-headers"));
vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));

const MAX = 1024 ** 3;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let cookie: string;

beforeAll(async () => {
  organization = await createOrganization();
});

beforeEach(async () => {
  cookie = await signIn((await createMember(organization, "instructor")).userId);
  store.onRequest = undefined;
  store.traffic.reset();
});

/** A page of the person's own. */
function openPage({ tabs = false } = {}) {
  const { doors, watch } = createEngineDoors({ org: organization.slug, cookie: () => cookie });
  const { api, ...rest } = doors;
  const tabLock = tabs ? createTabLock(navigator.locks, (name) => new BroadcastChannel(name), doors.clock) : noTabLock;
  let counter = 0;
  const revoked: string[] = [];
  const localUrls = { create: () => `blob:${(counter += 1)}`, revoke: (url: string) => revoked.push(url) };
  const heldNames = tabs ? createHeldNames(navigator.locks) : async () => new Set<string>();
  const redraw = async () => Promise.reject(new Error("There are no pictures here."));
  const queue = createUploadQueue({ ...rest, apiOf: () => api, tabLock, heldNames, redraw, localUrls });
  return { queue, watch, revoked };
}

const upload = (file: File) => ({ org: organization.slug, kind: "VIDEO" as const, file, maxBytes: MAX });
const PATIENT = { timeout: 15_000, interval: 5 };
const THREE_PARTS = 3 * MIN_PART_BYTES;

/** Adds a file of three parts, and stops when all but the last have arrived. */
async function stopBeforeLastPart(content: Blob, page = openPage()) {
  const held = Promise.withResolvers<undefined>();
  store.onRequest = async ({ operation, query }) => {
    if (operation === "UploadPart" && query.get("partNumber") === "3") await held.promise;
    return undefined;
  };
  const id = page.queue.add(upload(content instanceof File ? content : new MadeFile(content)));
  const only3IsUnderWay = () => store.traffic.of("UploadPart").requests === 3 && page.watch.sending === 1;
  await vi.waitFor(() => expect(only3IsUnderWay()).toBe(true), PATIENT);
  const letGo = async () => {
    await vi.waitFor(() => expect(page.watch.sending).toBe(0), PATIENT);
    store.onRequest = undefined;
    held.resolve(undefined);
    store.traffic.reset();
  };
  const stop = () => {
    page.queue.pause(id);
    return letGo();
  };
  return { ...page, id, stop, letGo };
}

test("files go two at a time in the order they came, and each that is done is told once", async () => {
  const { queue, watch } = openPage();
  const done: string[] = [];
  queue.onDone((item) => done.push(item.id));
  const ids = [1, 2, 3].map((number) => queue.add(upload(new MadeFile(videoBlob(200_000 + number), `film-${number}.mp4`))));
  expect(queue.items().map(({ status }) => status)).toEqual([
    { name: "preparing", comparing: false },
    { name: "preparing", comparing: false },
    { name: "waiting", reason: "queue", seconds: null },
  ]);
  await Promise.all(ids.map((id) => reached(queue, id, "done")));
  expect(done.toSorted()).toEqual(ids);
  expect(watch.calls).toEqual({ upload: 3, complete: 3 });
  const late: string[] = [];
  queue.onDone((item) => late.push(item.id));
  expect(late).toEqual(ids);
});

test("a paused upload keeps what has arrived, and going on sends only the rest", async () => {
  const { queue, id, stop } = await stopBeforeLastPart(videoBlob(THREE_PARTS));
  await stop();
  expect(itemOf(queue, id)?.status).toEqual({ name: "paused" });
  expect(itemOf(queue, id)?.sent).toBe(2 * MIN_PART_BYTES);
  queue.resume(id);
  expect((await reached(queue, id, "done")).status.media.bytes).toBe(THREE_PARTS);
  expect(store.traffic.of("UploadPart").requests).toBe(1);
});

test("what was left on another device is listed, goes on with the file, and only with that file", async () => {
  const content = videoBlob(THREE_PARTS);
  await (await stopBeforeLastPart(content)).stop();
  const { queue, watch } = openPage();
  queue.loadOwn(organization.slug);
  await vi.waitFor(() => expect(queue.items()[0]?.sent).toBe(2 * MIN_PART_BYTES), PATIENT);
  const [left] = queue.items();
  expect(left).toMatchObject({ fileName: "talk.mp4", size: THREE_PARTS, status: { name: "unfinished" } });
  const id = left?.id ?? "";
  queue.provideFile(id, new MadeFile(videoBlob(THREE_PARTS - 1), "other.mp4"));
  const mismatch = { sent: 2 * MIN_PART_BYTES, status: { reason: "different", chosenName: "other.mp4" } };
  expect(await reached(queue, id, "mismatch")).toMatchObject(mismatch);

  // The same size and the same samples, saved at another time with other bytes in the first part.
  const edited = patched(content, 500_000, otherBytes(10));
  queue.provideFile(id, new MadeFile(edited, "talk.mp4", 1_790_000_100_000));
  await reached(queue, id, "mismatch", ({ status }) => status.name === "mismatch" && status.reason === "changed");

  queue.provideFile(id, new MadeFile(content, "talk.mp4", 1_790_000_200_000));
  expect((await reached(queue, id, "done")).status.media.bytes).toBe(THREE_PARTS);
  expect(store.traffic.of("UploadPart").requests).toBe(1);
  expect(watch.calls.upload).toBeUndefined();
});

test("a file that can't be read any more after a pause is chosen again, and only what has not arrived is sent", async () => {
  const content = videoBlob(THREE_PARTS);
  const file = new MadeFile(content);
  const { queue, watch, id, stop } = await stopBeforeLastPart(file);
  await stop();
  file.remove();
  queue.resume(id);
  await vi.waitFor(() => expect(itemOf(queue, id)?.status.name).toBe("failed"), PATIENT);
  expect(itemOf(queue, id)).toMatchObject({ sent: 2 * MIN_PART_BYTES, status: { code: "FILE_UNREADABLE", kept: true } });
  queue.provideFile(id, new MadeFile(content));
  expect((await reached(queue, id, "done")).status.media.bytes).toBe(THREE_PARTS);
  expect(store.traffic.of("UploadPart").requests).toBe(1);
  expect(watch.calls.upload).toBe(1);
});

test("what was left is given up from the list, also when the server does not hear it at once", async () => {
  const { api } = createEngineDoors({ org: organization.slug, cookie: () => cookie }).doors;
  const { mediaFileId } = await api.begin({ kind: "VIDEO", fileName: "talk.mp4", contentType: "video/mp4", size: 300_000 });
  const { queue, watch } = openPage();
  queue.loadOwn(organization.slug);
  await vi.waitFor(() => expect(queue.items()).toHaveLength(1), PATIENT);
  refuseOnce(watch, "cancel");
  queue.cancel(queue.items()[0]?.id ?? "");
  expect(queue.items()).toEqual([]);
  await vi.waitFor(async () => {
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId } })).toMatchObject({ state: "PURGED" });
  }, PATIENT);
});

test("starting over gives up what had arrived and uploads the chosen file", async () => {
  await (await stopBeforeLastPart(videoBlob(THREE_PARTS))).stop();
  const { queue } = openPage();
  queue.loadOwn(organization.slug);
  await vi.waitFor(() => expect(queue.items()).toHaveLength(1), PATIENT);
  const left = queue.items()[0]?.id ?? "";
  queue.provideFile(left, new MadeFile(videoBlob(300_000), "short.mp4"));
  const { mediaFileId } = await reached(queue, left, "mismatch");
  queue.startOver(left);
  const item = await reached(queue, left, "done");
  expect(item).toMatchObject({ fileName: "short.mp4", size: 300_000, sent: 300_000 });
  expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId ?? "" } })).toMatchObject({ state: "PURGED" });
});

test("cancelling takes the item off the list, aborts the upload at the store and gives its bytes back", async () => {
  const { queue, watch, revoked, id, letGo } = await stopBeforeLastPart(videoBlob(THREE_PARTS));
  const { mediaFileId, localUrl } = itemOf(queue, id) ?? {};
  refuseOnce(watch, "cancel");
  queue.cancel(id);
  expect(queue.items()).toEqual([]);
  expect(revoked).toEqual([localUrl]);
  await letGo();
  await vi.waitFor(async () => {
    expect(await db.mediaFile.findUniqueOrThrow({ where: { id: mediaFileId ?? "" } })).toMatchObject({ state: "PURGED" });
  }, PATIENT);
});

test("the same file, chosen again before the server has heard that it was given up, is a new upload", async () => {
  const content = videoBlob(THREE_PARTS);
  const { queue, watch, id, letGo } = await stopBeforeLastPart(content);
  const { mediaFileId } = itemOf(queue, id) ?? {};
  const line = Promise.withResolvers<undefined>();
  watch.onCall = (name) => (name === "cancel" ? line.promise : undefined);
  queue.cancel(id);
  await letGo();
  const again = queue.add(upload(new MadeFile(content)));
  const third = queue.add(upload(new MadeFile(videoBlob(200_000), "short.mp4")));
  await reached(queue, third, "done");
  expect(itemOf(queue, again)?.status).toEqual({ name: "waiting", reason: "queue", seconds: null });
  line.resolve(undefined);
  const { status } = await reached(queue, again, "done");
  expect(status.media.id).not.toBe(mediaFileId);
  expect(store.traffic.of("UploadPart").requests).toBe(3);
});

test("of two tabs with the same file one sends and the other follows to the same end", async () => {
  const content = videoBlob(MIN_PART_BYTES + 1);
  const pages = [openPage({ tabs: true }), openPage({ tabs: true })];
  const ids = pages.map(({ queue }) => queue.add(upload(new MadeFile(content))));
  const items = await Promise.all(pages.map(({ queue }, index) => reached(queue, ids[index] ?? "", "done")));
  expect(items[0]?.status.media.id).toBe(items[1]?.status.media.id);
  expect(store.traffic.of("UploadPart").bytesIn).toBe(content.size);
});

test("a tab that follows takes over when the one that works goes; what is being sent is not offered to be gone on with", async () => {
  const content = videoBlob(THREE_PARTS);
  const first = await stopBeforeLastPart(content, openPage({ tabs: true }));
  const third = openPage({ tabs: true });
  third.queue.loadOwn(organization.slug);
  const second = openPage({ tabs: true });
  const other = second.queue.add(upload(new MadeFile(content)));
  expect((await reached(second.queue, other, "waiting", ({ status }) => "reason" in status && status.reason === "other-tab")).sent).toBe(0);
  await vi.waitFor(() => expect(third.watch.calls).toEqual({ uploads: 1 }), PATIENT);
  await first.stop();
  expect((await reached(second.queue, other, "done")).status.media.bytes).toBe(THREE_PARTS);
  expect(store.traffic.of("UploadPart").requests).toBe(1);
  expect(third.queue.items()).toEqual([]);
});

test("the same file chosen twice in one page is one upload, and one left earlier goes on in the new item", async () => {
  const content = videoBlob(THREE_PARTS);
  const first = await stopBeforeLastPart(content);
  expect(first.queue.add(upload(new MadeFile(content)))).toBe(first.id);
  await first.stop();
  const { queue } = openPage();
  queue.loadOwn(organization.slug);
  await vi.waitFor(() => expect(queue.items()).toHaveLength(1), PATIENT);
  const { mediaFileId } = queue.items()[0] ?? {};
  const added = queue.add(upload(new MadeFile(content)));
  const { status } = await reached(queue, added, "done");
  expect(status.media.id).toBe(mediaFileId);
  expect(queue.items().map((item) => item.id)).toEqual([added]);
});

test.each([
  ["an ending that is not taken", "notes.svg", 10, "Files named .svg are not accepted here. Use MP4, MOV or WebM."],
  ["more bytes than allowed", "a.mp4", MAX + 1, "at most 1 GB"],
])("a file with %s fails at once and asks the server nothing", (_title, name, size, sentence) => {
  const { queue, watch } = openPage();
  const file = new MadeFile(new Blob([]), name);
  Object.defineProperty(file, "size", { value: size });
  const id = queue.add(upload(file));
  expect(itemOf(queue, id)?.status).toMatchObject({ name: "failed", canRetry: false, kept: false });
  expect(itemOf(queue, id)?.status).toMatchObject({ message: expect.stringContaining(sentence) as string });
  expect(watch.calls).toEqual({});
});
