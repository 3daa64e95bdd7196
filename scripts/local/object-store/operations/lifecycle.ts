import type { Context } from "../context.ts";
import { parseLifecycle, writeLifecycle } from "../lifecycle-document.ts";
import type { LifecycleRule } from "../lifecycle-rules.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { readDocument } from "./read-document.ts";
import { requireBucket } from "./require.ts";

/** PutBucketLifecycleConfiguration. */
export async function putLifecycle(context: Context): Promise<void> {
  requireBucket(context);
  const rules = parseLifecycle(await readDocument(context, "LifecycleConfiguration", true));
  context.store.index.buckets.configure(context.request.bucket, "lifecycle", JSON.stringify(rules));
  sendEmpty(context.response, 200);
}

/** GetBucketLifecycleConfiguration. */
export function getLifecycle(context: Context): Promise<void> {
  requireBucket(context);
  const json = context.store.index.buckets.configuration(context.request.bucket, "lifecycle");
  if (json === undefined) throw new S3Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
  sendXml(context.response, "LifecycleConfiguration", writeLifecycle(JSON.parse(json) as LifecycleRule[]));
  return Promise.resolve();
}

/** DeleteBucketLifecycle. */
export function deleteLifecycle(context: Context): Promise<void> {
  requireBucket(context);
  context.store.index.buckets.configure(context.request.bucket, "lifecycle", null);
  sendEmpty(context.response, 204);
  return Promise.resolve();
}
