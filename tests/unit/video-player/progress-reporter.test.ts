import { describe, expect, it } from "vitest";
import { createPendingStore } from "@/components/video-player/pending-store";
import { ProgressReporter, type SendOutcome } from "@/components/video-player/progress-reporter";
import { WriteBudget } from "@/components/video-player/write-budget";
import type { ProgressReport } from "@/lib/schemas/progress";
import { mergeRanges } from "@/lib/core/watched-ranges";

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length() {
    return this.#items.size;
  }
  clear = () => this.#items.clear();
  getItem = (key: string) => this.#items.get(key) ?? null;
  key = (index: number) => [...this.#items.keys()][index] ?? null;
  removeItem = (key: string) => void this.#items.delete(key);
  setItem = (key: string, value: string) => void this.#items.set(key, value);
}

const view = { lessonId: "lesson-1", watchedMs: 0, positionMs: 0, done: false, course: { done: 0, total: 1, percent: 0 } };

/** A reporter with a clock that the test moves and a server that the test answers for. */
function setup({ storage = new MemoryStorage(), lessonId = "lesson-1", viewId = crypto.randomUUID() } = {}) {
  const clock = { now: 0 };
  const server = { answer: { kind: "taken", view } as SendOutcome, got: [] as { at: number; report: ProgressReport }[] };
  const reporter = new ProgressReporter({
    viewId,
    lessonId,
    mediaFileId: `video-of-${lessonId}`,
    send: async (report) => {
      server.got.push({ at: clock.now, report });
      return server.answer;
    },
    store: createPendingStore(storage, "enrolment-1"),
    budget: new WriteBudget(),
    now: () => clock.now,
    onOutcome: () => undefined,
  });
  let position = 0;
  /** Plays so many seconds: each adds a second of video and lets the reporter look at the clock. */
  const play = async (seconds: number, note: (second: number) => void = () => undefined) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.now += 1_000;
      reporter.add([[position, position + 1_000]], position + 1_000);
      position += 1_000;
      reporter.tick();
      note(second);
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  const told = () => mergeRanges(server.got.flatMap(({ report }) => report.ranges));
  return { clock, server, reporter, play, told, storage };
}

describe("reporting progress", () => {
  it("writes at most four times in any minute, however hectic the viewer", async () => {
    const { server, reporter, play } = setup();
    await play(600, (second) => {
      if (second % 3 === 0) reporter.flush();
    });
    for (const { at } of server.got) {
      expect(server.got.filter((other) => other.at > at - 60_000 && other.at <= at).length).toBeLessThanOrEqual(4);
    }
    expect(server.got.length).toBeGreaterThan(30);
  });

  it("leaves at most 15 seconds unreported while playing", async () => {
    const { clock, play, told } = setup();
    await play(120, () => {
      const reported = told().at(-1)?.[1] ?? 0;
      expect(clock.now - reported).toBeLessThanOrEqual(15_000);
    });
  });

  it("gathers while offline and tells everything in two reports once back", async () => {
    const { server, play, told } = setup();
    server.answer = { kind: "later" };
    await play(3_600);
    const failed = server.got.length;
    server.got.length = 0;
    server.answer = { kind: "taken", view };
    await play(31);
    expect(failed).toBeLessThanOrEqual(4 * 60 + 1);
    expect(told()).toEqual([[0, expect.any(Number)]]);
    expect(told()[0]?.[1]).toBeGreaterThanOrEqual(3_600_000);
    expect(server.got.length).toBeLessThanOrEqual(4);
  });

  it("sends a report whose answer was lost again under the same number", async () => {
    const { server, play } = setup();
    server.answer = { kind: "later" };
    await play(16);
    server.answer = { kind: "taken", view };
    await play(16);
    const [first, second] = server.got;
    expect(second?.report).toEqual(first?.report);
  });

  it("does not send again what the server will never take", async () => {
    const { server, play, storage } = setup();
    server.answer = { kind: "refused", code: "NOT_FOUND", message: "Gone." };
    await play(15);
    const refused = server.got[0]?.report.sequence;
    await play(60);
    expect(server.got.filter(({ report }) => report.sequence === refused)).toHaveLength(1);
    expect(storage.length).toBe(0);
  });

  it("hands what a killed tab had not told to the next view, with the place to resume at", async () => {
    const killed = setup();
    killed.server.answer = { kind: "later" };
    await killed.play(40);
    const next = setup({ storage: killed.storage });
    expect(next.reporter.adopt()).toBe(40_000);
    await next.play(16);
    expect(next.told()).toEqual([[0, 40_000]]);
  });

  it("hands over what another lesson of the course left behind, as that lesson's", async () => {
    const killed = setup({ lessonId: "lesson-2" });
    await killed.play(10);
    const next = setup({ storage: killed.storage });
    expect(next.reporter.adopt()).toBeNull();
    next.reporter.flush();
    expect(next.server.got.map(({ report }) => report)).toMatchObject([
      { lessonId: "lesson-2", mediaFileId: "video-of-lesson-2", ranges: [[0, 10_000]] },
    ]);
  });

  it("never reads what another person's enrolment left on this device", () => {
    const storage = new MemoryStorage();
    storage.setItem("sidecar.progress.enrolment-2.view", JSON.stringify([{ lessonId: "lesson-1" }]));
    expect(createPendingStore(storage, "enrolment-1").takeOthers("mine")).toEqual([]);
    expect(storage.length).toBe(1);
  });

  it("forgets stored nonsense without failing", () => {
    const storage = new MemoryStorage();
    storage.setItem("sidecar.progress.enrolment-1.a", "{not json");
    storage.setItem("sidecar.progress.enrolment-1.b", JSON.stringify([{ lessonId: 5 }, null]));
    expect(createPendingStore(storage, "enrolment-1").takeOthers("mine")).toEqual([]);
    expect(storage.length).toBe(0);
  });
});
