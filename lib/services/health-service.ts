import "server-only";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { logger } from "../core/logger";
import { pingDatabase } from "../data/health";
import { envClient } from "../env-client";
import { S3 } from "../S3Client";

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

/** Can this instance reach what it lives on? The reasons are in the log only. */
export async function checkHealth(): Promise<{ healthy: boolean }> {
  const [database, storage] = await Promise.all([
    answers("database", pingDatabase),
    answers("storage", (abortSignal) =>
      S3.send(new HeadBucketCommand({ Bucket: envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES }), { abortSignal }),
    ),
  ]);
  return { healthy: database && storage };
}
