import { expect, test } from "vitest";
import { createConnection } from "@/components/file-uploader/engine/connection";
import { fingerprintOf } from "@/components/file-uploader/engine/fingerprint";
import { createHasher, type HashWorker } from "@/components/file-uploader/engine/hasher";
import { createItemBoard } from "@/components/file-uploader/engine/item-board";
import type { UploadItem } from "@/components/file-uploader/engine/upload-item";
import { createFakeClock } from "./fake-clock";

const never = new AbortController().signal;
const abc = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

function fakeWorker(act: (worker: HashWorker, id: number) => void): () => HashWorker {
  return () => {
    const worker: HashWorker = { postMessage: ({ id }) => act(worker, id), onmessage: null, onerror: null, terminate: () => undefined };
    return worker;
  };
}

test("a worker's sums are given to who asked; what it can't read is the file's fault", async () => {
  const hasher = createHasher(
    fakeWorker((worker, id) => worker.onmessage?.(new MessageEvent("message", { data: { id, sha256: `sum ${id}` } }))),
  );
  expect(await Promise.all([hasher(new Blob(), never), hasher(new Blob(), never)])).toEqual(["sum 1", "sum 2"]);
  const blind = createHasher(
    fakeWorker((worker, id) => worker.onmessage?.(new MessageEvent("message", { data: { id, unreadable: "gone" } }))),
  );
  await expect(blind(new Blob(), never)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
});

test("where workers do not run, or one breaks, the page hashes by itself", async () => {
  const forbidden = createHasher(() => {
    throw new DOMException("The policy forbids workers.", "SecurityError");
  });
  expect(await forbidden(new Blob(["abc"]), never)).toBe(abc);
  const broken = createHasher(fakeWorker((worker) => worker.onerror?.(new Event("error") as ErrorEvent)));
  expect(await broken(new Blob(["abc"]), never)).toBe(abc);
  expect(await broken(new Blob(["abc"]), never)).toBe(abc);
});

test("a fingerprint tells sizes and sampled bytes apart, and is the same for the same file", async () => {
  const bytes = new Uint8Array(3_000_000);
  const same = await fingerprintOf(new Blob([bytes]));
  expect(same).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprintOf(new Blob([bytes]))).toBe(same);
  expect(await fingerprintOf(new Blob([bytes.subarray(1)]))).not.toBe(same);
  for (const place of [0, 1_500_000, 2_999_999]) {
    const edited = bytes.slice();
    edited[place] = 1;
    const differs = (await fingerprintOf(new Blob([edited]))) !== same;
    // Between two samples nothing is read: the parts' own sums tell such a file apart.
    expect(differs).toBe(place !== 1_500_000);
  }
  expect(await fingerprintOf(new Blob(["a"]))).not.toBe(await fingerprintOf(new Blob(["b"])));
});

const item: UploadItem = {
  id: "1",
  mediaFileId: null,
  org: "org",
  kind: "VIDEO",
  fileName: "a.mp4",
  size: 100,
  sent: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  status: { name: "sending" },
  destination: null,
  localUrl: null,
};

test("screens hear of progress at most ten times a second and of other changes at once, and the list changes only then", async () => {
  const { clock, advance } = createFakeClock();
  const board = createItemBoard(clock);
  const heard: (readonly UploadItem[])[] = [];
  board.subscribe(() => heard.push(board.items()));
  board.put(item);
  expect(heard).toHaveLength(1);
  for (let sent = 1; sent <= 50; sent += 1) {
    board.progress({ ...item, sent });
    expect(board.items()).toBe(heard.at(-1));
    await advance(10);
  }
  expect(heard.length).toBeLessThanOrEqual(6);
  expect(heard.map(([shown]) => shown?.sent)).toEqual([0, 10, 20, 30, 40, 50]);
});

test("a line that is back is noticed once, and waiting for it can be stopped", async () => {
  const page = Object.assign(new EventTarget(), { navigator: { onLine: false } });
  const connection = createConnection(page);
  const back = connection.whenOnline(never);
  const stop = new AbortController();
  const stopped = expect(connection.whenOnline(stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  stop.abort();
  page.navigator.onLine = true;
  page.dispatchEvent(new Event("online"));
  await back;
  await stopped;
  await connection.whenOnline(never);
});
