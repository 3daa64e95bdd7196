import type { RedrawPlan } from "./redraw-picture";
import type { ShrinkAnswer, ShrinkRequest } from "./shrink-worker";

/** Draws a picture anew as the plan says. @throws the signal's reason, or Error when it can't be done here */
export type Redraw = (picture: Blob, plan: RedrawPlan, signal: AbortSignal) => Promise<Blob>;

/** As much of a Worker as redrawing needs. */
export type ShrinkWorker = {
  postMessage: (request: ShrinkRequest) => void;
  onmessage: ((event: MessageEvent<ShrinkAnswer>) => unknown) | null;
  onerror: ((event: ErrorEvent) => unknown) | null;
  terminate: () => void;
};

/** The worker's answer, or null where it can't run. */
async function ask(start: () => ShrinkWorker, request: ShrinkRequest, signal: AbortSignal): Promise<ShrinkAnswer | null> {
  const { promise, resolve, reject } = Promise.withResolvers<ShrinkAnswer | null>();
  let worker: ShrinkWorker;
  try {
    worker = start();
  } catch {
    // A policy or an old browser forbids workers: slower, not wrong.
    return null;
  }
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  worker.onerror = () => resolve(null);
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage(request);
  // Its memory goes with it: the next picture may be hours away.
  return promise.finally(() => {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  });
}

/**
 * Redraws pictures one after the other, since a decoded one takes hundreds of megabytes.
 *
 * @param startWorker called for every picture; null where a worker has no canvas
 * @param inPage does it where no worker can
 */
export function createRedrawer(
  startWorker: (() => ShrinkWorker) | null,
  inPage: (picture: Blob, plan: RedrawPlan) => Promise<Blob>,
): Redraw {
  let last: Promise<unknown> = Promise.resolve();
  return (picture, plan, signal) => {
    const turn = last.then(async () => {
      signal.throwIfAborted();
      const answer = startWorker ? await ask(startWorker, { picture, plan }, signal) : null;
      if (answer && "failure" in answer) throw new Error(answer.failure);
      const redrawn = answer ? answer.redrawn : await inPage(picture, plan);
      signal.throwIfAborted();
      return redrawn;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
