import { expect, test } from "vitest";
import { createOwnUploads } from "@/components/file-uploader/engine/own-uploads";
import { createUploadApi } from "@/components/file-uploader/engine/upload-api";
import type { OwnUploads } from "@/lib/schemas/upload";
import { createFakeClock } from "./fake-clock";

const left = {
  mediaFileId: "01a205f7-d183-77d2-8713-8146846ec818",
  kind: "VIDEO",
  fileName: "talk.mp4",
  size: 100,
  fingerprint: "a".repeat(64),
  lastModified: null,
  destination: null,
  begunAt: "2026-11-22T10:00:00.000Z",
  keptUntil: "2026-11-29T10:00:00.000Z",
};

/** What a person left, as the server tells it. */
function ownUploads(heldNames: () => Promise<ReadonlySet<string>>) {
  const asked: unknown[] = [];
  const answer: typeof fetch = async (path, init) => {
    asked.push(typeof init?.body === "string" ? JSON.parse(init.body) : path);
    return Response.json(
      init?.method === "POST" ? { arrived: [{ partNumber: 1, bytes: 60, sha256: null }] } : { unfinished: [left], unused: [] },
    );
  };
  const own = createOwnUploads({
    apiOf: (org) => createUploadApi(org, answer),
    heldNames,
    clock: createFakeClock().clock,
    random: () => 0.5,
    connection: { isOnline: () => true, whenOnline: async () => undefined },
  });
  return { own, asked };
}

test("what was left is shown with what has arrived of it, by looking alone, and once for each organization", async () => {
  const { own, asked } = ownUploads(async () => new Set());
  const lists: OwnUploads[] = [];
  const sent: [string, number][] = [];
  const load = () =>
    own.load(
      "acme",
      (list) => lists.push(list),
      (...news) => sent.push(news),
    );
  await Promise.all([load(), load()]);
  expect(lists).toEqual([{ unfinished: [left], unused: [] }]);
  expect(sent).toEqual([[left.mediaFileId, 60]]);
  expect(asked).toEqual(["/api/s3/uploads?org=acme", { org: "acme", mediaFileId: left.mediaFileId, peek: true }]);
});

test("a browser that does not tell what other tabs hold shows everything", async () => {
  const { own } = ownUploads(() => Promise.reject(new DOMException("Not here.", "SecurityError")));
  const lists: OwnUploads[] = [];
  await own.load(
    "acme",
    (list) => lists.push(list),
    () => undefined,
  );
  expect(lists).toEqual([{ unfinished: [left], unused: [] }]);
});
