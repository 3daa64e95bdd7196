import sharp from "sharp";
import { beforeEach, expect, test, vi } from "vitest";
import type { Redraw } from "@/components/file-uploader/engine/picture-redrawer";
import { noTabLock } from "@/components/file-uploader/engine/tab-lock";
import type { UploadItem, UploadQueue } from "@/components/file-uploader/engine/upload-item";
import { createUploadQueue } from "@/components/file-uploader/engine/upload-queue";
import { db } from "@/lib/db";
import { signIn } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { redrawBySharp } from "../../support/redraw";
import { createEngineDoors } from "./engine-doors";

vi.mock("next/headers", () => import("../../support/next-headers"));

const MB = 1024 * 1024;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let cookie: string;

beforeEach(async () => {
  organization = await createOrganization();
  cookie = await signIn((await createMember(organization, "owner")).userId);
  store.traffic.reset();
});

function openPage(redraw: Redraw = redrawBySharp) {
  const { doors, watch } = createEngineDoors({ org: organization.slug, cookie: () => cookie });
  const { api, ...rest } = doors;
  const localUrls = { create: () => "blob:1", revoke: () => undefined };
  return {
    queue: createUploadQueue({ ...rest, redraw, apiOf: () => api, tabLock: noTabLock, heldNames: async () => new Set(), localUrls }),
    watch,
  };
}

/** A photograph, as noisy as one. */
async function photograph(name: string, width = 2800, height = 210): Promise<File> {
  const noise = { type: "gaussian", mean: 128, sigma: 20 } as const;
  const made = sharp({ create: { width, height, channels: 3, background: "#888", noise } }).jpeg({ quality: 92 });
  return new File([new Uint8Array(await made.withMetadata({ orientation: 6 }).toBuffer())], name, { lastModified: 1_700_000_000_000 });
}

const add = (queue: UploadQueue, file: File, maxBytes = 10 * MB) =>
  queue.add({ org: organization.slug, kind: "THUMBNAIL", file, maxBytes });

/** The item as soon as it has ended. */
function ended(queue: UploadQueue, id: string): Promise<UploadItem> {
  return new Promise((resolve) => {
    const look = () => {
      const item = queue.items().find((one) => one.id === id);
      if (item?.status.name !== "done" && item?.status.name !== "failed") return;
      stop();
      resolve(item);
    };
    const stop = queue.subscribe(look);
    look();
  });
}

test("a large photograph reaches storage upright, within 2560 pixels, and its item says what was sent", async () => {
  const { queue } = openPage();
  const file = await photograph("On the quay.JPG");
  // Above the limit as it is.
  const item = await ended(queue, add(queue, file, file.size - 1));
  expect(item).toMatchObject({ fileName: "On the quay.webp", status: { name: "done", media: { contentType: "image/webp" } } });
  expect(item.size).toBeLessThan(file.size);
  expect(item.sent).toBe(item.size);
  const row = await db.mediaFile.findFirst({ where: { organizationId: organization.id, parentId: null } });
  expect(row).toMatchObject({ width: 192, height: 2560, bytes: BigInt(item.size), fileName: "On the quay.webp" });
});

test("a picture that can't be shrunk below the limit is refused before anything is asked", async () => {
  const { queue, watch } = openPage(() => Promise.reject(new Error("no canvas here")));
  const file = await photograph("a.jpg", 2000, 1000);
  const item = await ended(queue, add(queue, file, 1000));
  expect(item.status).toMatchObject({ name: "failed", code: "TOO_LARGE", canRetry: false, kept: false });
  expect(watch.calls).toEqual({});
});

test("a picture that is paused while it is drawn is drawn again when it goes on, and one that is cancelled leaves nothing", async () => {
  const drawn: AbortSignal[] = [];
  const { promise: reachedCanvas, resolve: reach } = Promise.withResolvers<undefined>();
  const { queue, watch } = openPage((picture, plan, signal) => {
    drawn.push(signal);
    if (drawn.length > 1) return redrawBySharp(picture, plan, signal);
    reach(undefined);
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  });
  const id = add(queue, await photograph("a.jpg"));
  await reachedCanvas;
  queue.pause(id);
  expect(queue.items()[0]?.status).toEqual({ name: "paused" });
  await vi.waitFor(() => expect(drawn[0]?.aborted).toBe(true));
  queue.resume(id);
  expect(await ended(queue, id)).toMatchObject({ fileName: "a.webp", status: { name: "done" } });
  expect(drawn).toHaveLength(2);

  const calls = { ...watch.calls };
  const other = openPage(() => new Promise(() => undefined));
  other.queue.cancel(add(other.queue, await photograph("b.jpg")));
  expect(other.queue.items()).toEqual([]);
  expect(watch.calls).toEqual(calls);
  expect(other.watch.calls).toEqual({});
});

test("the same photograph, chosen again after its upload stopped, is the same upload", async () => {
  const file = await photograph("a.jpg");
  const first = openPage();
  first.watch.onCall = (name) =>
    name === "complete" ? Response.json({ error: { code: "REJECTED", message: "No." } }, { status: 422 }) : undefined;
  await ended(first.queue, add(first.queue, file));
  const second = openPage();
  expect((await ended(second.queue, add(second.queue, file))).status.name).toBe("done");
  expect(await db.mediaFile.count({ where: { organizationId: organization.id, parentId: null } })).toBe(1);
});
