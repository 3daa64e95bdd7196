import { PutBucketCorsCommand, S3Client } from "@aws-sdk/client-s3";
import { BUCKET } from "./environment.ts";
import type { Secrets } from "./secrets.ts";

/** Lets pages of every origin send to the bucket and read from it, as scripts/update-tigris-cors.ts does for a real one. */
export async function openBucketToBrowsers(endpoint: string, secrets: Secrets): Promise<void> {
  const credentials = { accessKeyId: secrets.storeAccessKey, secretAccessKey: secrets.storeSecretKey };
  const client = new S3Client({ endpoint, credentials, region: "auto", forcePathStyle: true });
  const rule = {
    AllowedOrigins: ["*"],
    AllowedMethods: ["GET", "HEAD", "PUT", "POST"],
    AllowedHeaders: ["*"],
    ExposeHeaders: ["ETag", "Retry-After"],
    MaxAgeSeconds: 3600,
  };
  try {
    await client.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules: [rule] } }));
  } finally {
    client.destroy();
  }
}
