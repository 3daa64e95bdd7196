import "server-only";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { mainPlace, replicaPlace, type StorePlace } from "../clients/store-place";
import { logger } from "../core/logger";
import { pingDatabase } from "../data/health";

/** Milliseconds that each of the two may take: a load balancer asks every few seconds. */
const PATIENCE = 3_000;

async function answers(what: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error(`${what} did not answer within ${PATIENCE} ms`)), { once: true });
  });
  try {
    await Promise.race([ask(signal), late]);
    return true;
  } catch (error) {
    logger.error({ err: error }, `health: ${what}`);
    return false;
  }
}

const storeAnswers = ({ name, client, bucket }: StorePlace) =>
  answers(`storage ${name}`, (abortSignal) => client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal }));

/**
 * Can this instance reach what it lives on? The reasons are in the log only. With a replica it lives on without the main bucket: its pages
 * and videos go on, which they would not if it were taken out for that.
 */
export async function checkHealth(): Promise<{ healthy: boolean }> {
  const [database, storage] = await Promise.all([
    answers("database", pingDatabase),
    storeAnswers(mainPlace).then((up) => up || (replicaPlace !== null && storeAnswers(replicaPlace))),
  ]);
  return { healthy: database && storage };
}
