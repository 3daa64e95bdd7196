import type { Child } from "./children.ts";
import { Failure } from "./failure.ts";
import { waitUntil } from "./processes.ts";

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Waits until the app answers and finds its database and storage in order.
 * @param abort stops waiting
 * @throws {Failure} when one of the children ends first, or a minute passes.
 */
export async function appReady(url: string, children: Child[], abort: AbortSignal): Promise<void> {
  const up = waitUntil(() => abort.aborted || isHealthy(`${url}/api/health`), 60_000, 150);
  const outcome = await Promise.race([up, ...children.map((child) => child.died)]);
  if (outcome === true) return;
  throw new Failure(typeof outcome === "string" ? outcome : `The app was not healthy within a minute: see ${children[0]?.log}.`);
}
