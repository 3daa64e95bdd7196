import type { Hasher } from "./doors";
import type { HashAnswer, HashRequest } from "./hash-worker";
import { sha256Of } from "./sha256";
import { unreadableFailure, UploadFailure } from "./upload-failure";

/** As much of a Worker as hashing needs. */
export type HashWorker = {
  postMessage: (request: HashRequest) => void;
  onmessage: ((event: MessageEvent<HashAnswer>) => unknown) | null;
  onerror: ((event: ErrorEvent) => unknown) | null;
  terminate: () => void;
};

function requireCrypto(): void {
  // Browsers leave it out of pages that came over plain http (Secure Contexts, W3C), other than localhost.
  if (!("subtle" in crypto)) throw new UploadFailure("INVALID_INPUT", "Uploads need a secure page: open this site by its https address.");
}

/** Hashes in this thread, one part at a time. @throws UploadFailure */
export function createPageHasher(): Hasher {
  let last: Promise<unknown> = Promise.resolve();
  return (part, signal) => {
    const turn = last.then(async () => {
      signal.throwIfAborted();
      requireCrypto();
      try {
        return await sha256Of(part);
      } catch (error) {
        throw unreadableFailure(error);
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

type Asked = { part: Blob; signal: AbortSignal; resolve: (sha256: string | Promise<string>) => void; reject: (error: unknown) => void };

/**
 * Hashes in a worker, so that the page stays quick; in this thread where workers do not run.
 *
 * @param startWorker called when the first part is to be hashed
 */
export function createHasher(startWorker: () => HashWorker): Hasher {
  const inPage = createPageHasher();
  const asked = new Map<number, Asked>();
  let worker: HashWorker | null | undefined;
  let counter = 0;

  const giveUpWorker = () => {
    worker?.terminate();
    worker = null;
    for (const { part, signal, resolve } of asked.values()) resolve(inPage(part, signal));
    asked.clear();
  };
  const start = () => {
    try {
      worker = startWorker();
      worker.onerror = giveUpWorker;
      worker.onmessage = ({ data }) => {
        const request = asked.get(data.id);
        asked.delete(data.id);
        if ("sha256" in data) request?.resolve(data.sha256);
        else request?.reject(unreadableFailure(data.unreadable));
      };
    } catch {
      // A policy or an old browser forbids workers: slower, not wrong.
      worker = null;
    }
  };

  return async (part, signal) => {
    signal.throwIfAborted();
    requireCrypto();
    if (worker === undefined) start();
    if (!worker) return inPage(part, signal);
    counter += 1;
    const id = counter;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const stop = () => {
      asked.delete(id);
      reject(signal.reason);
    };
    asked.set(id, { part, signal, resolve, reject });
    signal.addEventListener("abort", stop, { once: true });
    worker.postMessage({ id, part });
    return promise.finally(() => signal.removeEventListener("abort", stop));
  };
}
