import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** As much of a page as uploads need: what it listens to, and whether leaving it now would ask. */
function openPage() {
  const page = Object.assign(new EventTarget(), { navigator: { onLine: true } });
  vi.stubGlobal("window", page);
  const asks = () => !page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  return { page, asks };
}

const film = () => new File([new Uint8Array(1000)], "talk.mp4");
const upload = () => ({ org: "acme", kind: "VIDEO" as const, file: film(), maxBytes: 10_000 });

beforeEach(() => {
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("leaving the page asks while something is under way, and not before or after", async () => {
  const { asks } = openPage();
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  const { browserQueue } = await import("@/components/file-uploader/engine/browser-queue");
  const queue = browserQueue();
  expect(asks()).toBe(false);
  const id = queue.add(upload());
  expect(asks()).toBe(true);
  queue.pause(id);
  expect(asks()).toBe(false);
  queue.resume(id);
  expect(asks()).toBe(true);
  queue.cancel(id);
  expect(asks()).toBe(false);
});

test("an upload that a lost line ended goes on when the line is back; the page has one queue", async () => {
  const { page } = openPage();
  let calls = 0;
  vi.stubGlobal("fetch", async () => {
    calls += 1;
    throw new TypeError("Failed to fetch");
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const { browserQueue } = await import("@/components/file-uploader/engine/browser-queue");
    const queue = browserQueue();
    expect(browserQueue()).toBe(queue);
    queue.add(upload());
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(30_000);
      expect(queue.items()[0]?.status).toMatchObject({ name: "failed", code: "OFFLINE" });
    });
    const before = calls;
    page.dispatchEvent(new Event("online"));
    expect(queue.items()[0]?.status.name).toBe("preparing");
    await vi.waitFor(() => expect(calls).toBe(before + 1));
  } finally {
    vi.useRealTimers();
  }
});
