import { readFileSync } from "node:fs";
import type { CDPSession } from "playwright";

const SAMPLE_MS = 100;

/** The most that was seen, in bytes, above what there was before. */
export type MemoryPeak = {
  /** Heap and array buffers of the page and of its workers (CDP, Runtime.getHeapUsage) */
  heap: number;
  /** Memory of the whole renderer process that is not a mapped file; null where there is no /proc */
  process: number | null;
};

type HeapUsage = { usedSize: number; backingStorageSize?: number; embedderHeapUsedSize?: number };

function heapBytes({ usedSize, backingStorageSize = 0 }: HeapUsage): number {
  return usedSize + backingStorageSize;
}

function processBytes(pid: number | undefined): number | null {
  if (pid === undefined) return null;
  try {
    const kib = [...readFileSync(`/proc/${pid}/status`, "utf8").matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)];
    return kib.reduce((sum, [, text]) => sum + Number(text) * 1024, 0);
  } catch {
    // Not Linux, or the process has just ended.
    return null;
  }
}

/** Asks the page's workers as well: each is a target of its own, spoken to through the page's session. */
class Workers {
  readonly #session: CDPSession;
  readonly #targets = new Set<string>();
  readonly #waiting = new Map<number, (usage: HeapUsage | null) => void>();
  #lastId = 0;

  constructor(session: CDPSession) {
    this.#session = session;
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      if (targetInfo.type === "worker") this.#targets.add(sessionId);
    });
    session.on("Target.detachedFromTarget", ({ sessionId }) => this.#targets.delete(sessionId));
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: HeapUsage };
      if (id !== undefined) this.#waiting.get(id)?.(result ?? null);
    });
  }

  /** Null when the worker ended before it answered. */
  #ask(sessionId: string): Promise<HeapUsage | null> {
    const id = (this.#lastId += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), SAMPLE_MS);
      this.#waiting.set(id, (usage) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(usage);
      });
      const message = JSON.stringify({ id, method: "Runtime.getHeapUsage" });
      this.#session.send("Target.sendMessageToTarget", { sessionId, message }).catch(() => resolve(null));
    });
  }

  async bytes(): Promise<number> {
    const usages = await Promise.all([...this.#targets].map((sessionId) => this.#ask(sessionId)));
    return usages.reduce((sum, usage) => sum + (usage ? heapBytes(usage) : 0), 0);
  }
}

/** Watches a page's memory while `work` runs. @param pid of the page's renderer process */
export async function watchMemory<T>(session: CDPSession, pid: number | undefined, work: () => Promise<T>): Promise<[T, MemoryPeak]> {
  const workers = new Workers(session);
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await session.send("HeapProfiler.collectGarbage");
  const look = async () => ({
    heap: heapBytes(await session.send("Runtime.getHeapUsage")) + (await workers.bytes()),
    process: processBytes(pid),
  });
  const before = await look();
  const peak = { ...before };
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const now = await look();
      peak.heap = Math.max(peak.heap, now.heap);
      if (peak.process !== null && now.process !== null) peak.process = Math.max(peak.process, now.process);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  const result = await work().finally(() => over.abort());
  await watching;
  const grown = peak.process === null || before.process === null ? null : peak.process - before.process;
  return [result, { heap: peak.heap - before.heap, process: grown }];
}
