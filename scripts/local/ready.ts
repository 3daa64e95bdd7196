import type { Child } from "./children.ts";
import { Failure } from "./failure.ts";
import { waitUntil } from "./processes.ts";

async function responds(url: string): Promise<boolean> {
  try {
    await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until the app answers requests.
 * @param abort stops waiting
 * @throws {Failure} when one of the children ends first, or a minute passes.
 */
export async function appReady(url: string, children: Child[], abort: AbortSignal): Promise<void> {
  const up = waitUntil(() => abort.aborted || responds(`${url}/api/health`), 60_000, 150);
  const outcome = await Promise.race([up, ...children.map((child) => child.died)]);
  if (outcome === true) return;
  throw new Failure(typeof outcome === "string" ? outcome : `The app did not answer within a minute: see ${children[0]?.log}.`);
}
