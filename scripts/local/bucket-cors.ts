import { PutBucketCorsCommand, S3Client } from "@aws-sdk/client-s3";
import { BUCKET } from "./environment.ts";
import type { Secrets } from "./secrets.ts";

/** Lets pages of every origin send to the buckets and read from them: the rule of lib/core/bucket-rules.ts, which a test compares. */
export async function openBucketsToBrowsers(
  endpoint: string,
  secrets: Pick<Secrets, "storeAccessKey" | "storeSecretKey">,
  buckets: readonly string[] = [BUCKET],
): Promise<void> {
  const credentials = { accessKeyId: secrets.storeAccessKey, secretAccessKey: secrets.storeSecretKey };
  const client = new S3Client({ endpoint, credentials, region: "auto", forcePathStyle: true });
  const rule = {
    AllowedOrigins: ["*"],
    AllowedMethods: ["GET", "HEAD", "PUT", "POST"],
    AllowedHeaders: ["*"],
    ExposeHeaders: ["ETag", "Retry-After", "x-amz-checksum-sha256"],
    MaxAgeSeconds: 3600,
  };
  try {
    for (const Bucket of buckets) await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
  } finally {
    client.destroy();
  }
}
