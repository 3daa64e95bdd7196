import type { Context } from "../context.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { isoTime, nowInSeconds, requireBucket } from "./require.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET_NAME = /^(?!xn--|sthree-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @throws S3Error InvalidBucketName. */
export function checkBucketName(name: string): void {
  if (BUCKET_NAME.test(name)) return;
  throw new S3Error("InvalidBucketName", "The specified bucket is not valid.");
}

/** ListBuckets. */
export function listBuckets(context: Context): Promise<void> {
  const buckets = context.store.index.buckets.list();
  sendXml(context.response, "ListAllMyBucketsResult", {
    Owner: { ID: "sidecar-local", DisplayName: "sidecar-local" },
    Buckets: { Bucket: buckets.map(({ name, created }) => ({ Name: name, CreationDate: isoTime(created) })) },
  });
  return Promise.resolve();
}

/** CreateBucket. Its optional configuration document (a region) changes nothing here. */
export function createBucket(context: Context): Promise<void> {
  const { request, response, store } = context;
  checkBucketName(request.bucket);
  if (!store.index.buckets.create(request.bucket, nowInSeconds(context))) {
    throw new S3Error("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.");
  }
  sendEmpty(response, 200, { Location: `/${request.bucket}` });
  return Promise.resolve();
}

/** HeadBucket. */
export function headBucket(context: Context): Promise<void> {
  requireBucket(context);
  sendEmpty(context.response, 200, { "x-amz-bucket-region": context.store.credentials.region });
  return Promise.resolve();
}

/** GetBucketLocation. */
export function getBucketLocation(context: Context): Promise<void> {
  requireBucket(context);
  sendXml(context.response, "LocationConstraint", {});
  return Promise.resolve();
}

/** DeleteBucket: only an empty one, without uploads in progress. */
export function deleteBucket(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  store.index.transact(() => {
    if (!store.index.objects.isEmpty(request.bucket) || !store.index.uploads.isEmpty(request.bucket)) {
      throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty");
    }
    store.index.buckets.remove(request.bucket);
  });
  sendEmpty(response, 204);
  return Promise.resolve();
}
