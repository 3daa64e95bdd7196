import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  RestoreObjectCommand,
  UploadPartCopyCommand,
  type S3Client,
  type StorageClass,
  type Tier,
} from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import type { ObjectStore } from "../../../scripts/local/object-store/server.ts";
import { BUCKET as Bucket, createClient, refusal, startTestStore } from "./test-store.ts";

const HOUR_MS = 3_600_000;
const Key = "video";

async function frozen(StorageClass: StorageClass): Promise<{ store: ObjectStore; s3: S3Client }> {
  const store = await startTestStore();
  const s3 = createClient(store.url);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "bytes", StorageClass }));
  return { store, s3 };
}

const read = (s3: S3Client) => s3.send(new GetObjectCommand({ Bucket, Key }));
const head = (s3: S3Client) => s3.send(new HeadObjectCommand({ Bucket, Key }));
/** The class and the state of its restore, as HEAD tells them. */
const state = async (s3: S3Client) => {
  const { StorageClass: storageClass, Restore } = await head(s3);
  return [storageClass, Restore];
};
const copy = (s3: S3Client, StorageClass: StorageClass) =>
  s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}`, StorageClass }));
const restore = (s3: S3Client, Days = 2, tier: Tier = "Standard") =>
  s3.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest: { Days, GlacierJobParameters: { Tier: tier } } }));

/** The store's clock goes on, and the client signs by it. */
async function pass(store: ObjectStore, s3: S3Client, hours: number): Promise<void> {
  await store.advance(hours * HOUR_MS);
  s3.config.systemClockOffset = store.clock.now() - Date.now();
}

it.each(["STANDARD_IA", "GLACIER_IR"] as const)("%s is told by HEAD and LIST, and read and copied at once", async (storageClass) => {
  const { s3 } = await frozen("STANDARD");
  const before = await head(s3);
  await copy(s3, storageClass);
  expect(await head(s3)).toMatchObject({ StorageClass: storageClass, ETag: before.ETag, ContentLength: 5 });
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.[0]?.StorageClass).toBe(storageClass);
  expect(await (await read(s3)).Body?.transformToString()).toBe("bytes");
  expect(await refusal(restore(s3))).toBe("403 InvalidObjectState");
  await copy(s3, "STANDARD");
  expect((await head(s3)).StorageClass).toBeUndefined();
});

it.each<[StorageClass, number]>([
  ["GLACIER", 5],
  ["DEEP_ARCHIVE", 12],
])("%s refuses reads and copies until it is restored, %i hours later, and again when that has ended", async (storageClass, hours) => {
  const { store, s3 } = await frozen(storageClass);
  expect(await state(s3)).toEqual([storageClass, undefined]);
  expect(await refusal(read(s3))).toBe("403 InvalidObjectState");
  expect(await refusal(copy(s3, "STANDARD"))).toBe("403 InvalidObjectState");
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "copy" }));
  const part = { Bucket, Key: "copy", UploadId, PartNumber: 1, CopySource: `${Bucket}/${Key}` };
  expect(await refusal(s3.send(new UploadPartCopyCommand(part)))).toBe("403 InvalidObjectState");

  expect((await restore(s3)).$metadata.httpStatusCode).toBe(202);
  expect(await refusal(restore(s3))).toBe("409 RestoreAlreadyInProgress");
  expect((await head(s3)).Restore).toBe('ongoing-request="true"');
  await pass(store, s3, hours - 0.1);
  expect(await refusal(read(s3))).toBe("403 InvalidObjectState");

  await pass(store, s3, 0.1);
  expect((await head(s3)).Restore).toMatch(/^ongoing-request="false", expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT"$/);
  expect(await (await read(s3)).Body?.transformToString()).toBe("bytes");
  const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(part));
  const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: "copy", UploadId, MultipartUpload: { Parts } }));
  expect((await restore(s3, 5)).$metadata.httpStatusCode).toBe(200);

  await pass(store, s3, 3 * 24);
  expect(await (await read(s3)).Body?.transformToString()).toBe("bytes");
  await pass(store, s3, 3 * 24);
  expect((await head(s3)).Restore).toBeUndefined();
  expect(await refusal(read(s3))).toBe("403 InvalidObjectState");
});

it("a restored object that is copied onto itself stays readable, and has no restore any more", async () => {
  const { store, s3 } = await frozen("GLACIER");
  await restore(s3);
  await pass(store, s3, 5);
  await copy(s3, "STANDARD");
  await pass(store, s3, 30 * 24);
  expect(await state(s3)).toEqual([undefined, undefined]);
  expect(await (await read(s3)).Body?.transformToString()).toBe("bytes");
});

it("a restore is refused for a tier that the class lacks, without days, and for no object", async () => {
  const { s3 } = await frozen("DEEP_ARCHIVE");
  expect(await refusal(restore(s3, 1, "Expedited"))).toBe("400 InvalidArgument");
  expect(await refusal(restore(s3, 0))).toBe("400 MalformedXML");
  expect(await refusal(s3.send(new RestoreObjectCommand({ Bucket, Key: "none", RestoreRequest: { Days: 1 } })))).toBe("404 NoSuchKey");
});
