import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { BUCKET, contentFiles, createClient, refusal, startTestStore, temporaryDirectory } from "./test-store.ts";

const dir = temporaryDirectory();
const store = await startTestStore({ dir });
const s3 = createClient(store.url);

async function put(Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}): Promise<string> {
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
  return ETag ?? "";
}

async function read(Key: string): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return Body?.transformToString();
}

describe("an object", () => {
  it("comes back with its bytes, type, headers, metadata and storage class", async () => {
    const etag = await put("full", "hello", {
      ContentType: "text/markdown; charset=utf-8",
      CacheControl: "max-age=60",
      ContentDisposition: 'attachment; filename="a.md"',
      ContentEncoding: "identity",
      ContentLanguage: "en",
      Metadata: { owner: "acme" },
      StorageClass: "STANDARD_IA",
    });
    const found = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "full" }));
    expect(await found.Body?.transformToString()).toBe("hello");
    expect(etag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "full" }));
    for (const answer of [found, head]) {
      expect(answer).toMatchObject({
        ETag: etag,
        ContentLength: 5,
        ContentType: "text/markdown; charset=utf-8",
        CacheControl: "max-age=60",
        ContentDisposition: 'attachment; filename="a.md"',
        ContentEncoding: "identity",
        ContentLanguage: "en",
        Metadata: { owner: "acme" },
        StorageClass: "STANDARD_IA",
        AcceptRanges: "bytes",
      });
      expect(Math.abs((answer.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    }
  });

  it.each([
    "a/b/c.txt",
    "ends with a slash/",
    "double//slash",
    "../up/./here",
    "spaces and + plus",
    "100% %2F %zz",
    "naïve/日本語/😀.mp4",
    "quote'(1)*!~&=?#;:@$,[x]\\`{|}^\"<>",
    "x".repeat(1024),
  ])("keeps the key %j apart from every other", async (key) => {
    await put(key, `at ${key}`);
    expect(await read(key)).toBe(`at ${key}`);
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    expect(await refusal(read(key))).toBe("404 NoSuchKey");
  });

  it("may be called like the folder of another one, in any case", async () => {
    await Promise.all([put("dir", "1"), put("dir/file", "2"), put("DIR", "3")]);
    expect(await Promise.all(["dir", "dir/file", "DIR"].map(read))).toEqual(["1", "2", "3"]);
  });

  it("can't have a key of more than 1,024 bytes", async () => {
    expect(await refusal(put("é".repeat(513), "x"))).toBe("400 KeyTooLongError");
  });

  it("can be empty", async () => {
    await put("empty", "");
    expect(await read("empty")).toBe("");
    const range = s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "empty", Range: "bytes=0-" }));
    expect(await refusal(range)).toBe("416 InvalidRange");
  });

  it("is replaced whole, and the old bytes leave the disk", async () => {
    await put("replaced", "old");
    const before = contentFiles(dir).length;
    await put("replaced", "new");
    expect(await read("replaced")).toBe("new");
    expect(contentFiles(dir)).toHaveLength(before);
  });

  it("is refused with an unknown storage class, and in a bucket that doesn't exist", async () => {
    const odd = new PutObjectCommand({ Bucket: BUCKET, Key: "x", Body: "x", StorageClass: "EXPRESS_ONEZONE" });
    expect(await refusal(s3.send(odd))).toBe("400 InvalidStorageClass");
    expect(await refusal(s3.send(new PutObjectCommand({ Bucket: "elsewhere", Key: "x", Body: "x" })))).toBe("404 NoSuchBucket");
  });

  it("is refused when it asks for what the store can't do", async () => {
    expect(await refusal(put("open", "x", { ACL: "public-read" }))).toBe("501 NotImplemented");
    const version = new GetObjectCommand({ Bucket: BUCKET, Key: "full", VersionId: "1" });
    expect(await refusal(s3.send(version))).toBe("501 NotImplemented");
  });
});

describe("response overrides", () => {
  it("replace the headers of one answer", async () => {
    await put("overridden", "x", { ContentType: "text/plain" });
    const answer = await s3.send(
      new GetObjectCommand({
        Bucket: BUCKET,
        Key: "overridden",
        ResponseContentType: "video/mp4",
        ResponseContentDisposition: 'attachment; filename="lesson.mp4"',
        ResponseCacheControl: "no-store",
      }),
    );
    expect(answer).toMatchObject({
      ContentType: "video/mp4",
      ContentDisposition: 'attachment; filename="lesson.mp4"',
      CacheControl: "no-store",
    });
  });
});

describe("a copy", () => {
  it("carries bytes, type, metadata and tags, and is a file of its own", async () => {
    await put("source +ü.txt", "copied", { ContentType: "text/plain", Metadata: { a: "1" }, Tagging: "team=red" });
    const CopySource = `${BUCKET}/${encodeURIComponent("source +ü.txt")}`;
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "copy", CopySource }));
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "source +ü.txt" }));
    expect(await read("copy")).toBe("copied");
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "copy" }));
    expect(head).toMatchObject({ ETag: CopyObjectResult?.ETag, ContentType: "text/plain", Metadata: { a: "1" }, TagCount: 1 });
  });

  it("can replace metadata and storage class in place, but not change nothing", async () => {
    await put("self", "x", { Metadata: { a: "1" } });
    const self = { Bucket: BUCKET, Key: "self", CopySource: `${BUCKET}/self` };
    expect(await refusal(s3.send(new CopyObjectCommand(self)))).toBe("400 InvalidRequest");
    await s3.send(new CopyObjectCommand({ ...self, MetadataDirective: "REPLACE", Metadata: { b: "2" }, StorageClass: "GLACIER_IR" }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "self" }));
    expect(head).toMatchObject({ Metadata: { b: "2" }, StorageClass: "GLACIER_IR" });
    expect(await read("self")).toBe("x");
  });

  it("keeps to the conditions on its source", async () => {
    const etag = await put("conditional", "x");
    const copy = { Bucket: BUCKET, Key: "conditional-copy", CopySource: `${BUCKET}/conditional` };
    expect(await refusal(s3.send(new CopyObjectCommand({ ...copy, CopySourceIfMatch: '"other"' })))).toBe("412 PreconditionFailed");
    expect(await refusal(s3.send(new CopyObjectCommand({ ...copy, CopySourceIfNoneMatch: etag })))).toBe("412 PreconditionFailed");
    await s3.send(new CopyObjectCommand({ ...copy, CopySourceIfMatch: etag }));
    expect(await read("conditional-copy")).toBe("x");
  });

  it("is refused without a source", async () => {
    const missing = new CopyObjectCommand({ Bucket: BUCKET, Key: "c", CopySource: `${BUCKET}/nothing-here` });
    expect(await refusal(s3.send(missing))).toBe("404 NoSuchKey");
    expect(await refusal(s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "c", CopySource: "nokey" })))).toBe("400 InvalidArgument");
  });
});

describe("deleting", () => {
  it("answers the same whether the key exists or not", async () => {
    await put("gone", "x");
    for (const _ of [1, 2]) {
      const { $metadata } = await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "gone" }));
      expect($metadata.httpStatusCode).toBe(204);
    }
  });

  it("takes a thousand keys at once, counting the missing ones as deleted", async () => {
    await Promise.all([put("bulk/1", "x"), put("bulk/ü & <2>", "x")]);
    const keys = ["bulk/1", "bulk/ü & <2>", ...Array.from({ length: 998 }, (_, index) => `bulk/missing-${index}`)];
    const command = new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: keys.map((Key) => ({ Key })) } });
    const { Deleted, Errors } = await s3.send(command);
    expect(Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect(Errors).toBeUndefined();
    expect(await refusal(read("bulk/1"))).toBe("404 NoSuchKey");
    expect(await refusal(read("bulk/ü & <2>"))).toBe("404 NoSuchKey");
  });

  it("refuses a thousand and one keys, and none, and leaves everything", async () => {
    await put("kept", "x");
    const many = Array.from({ length: 1001 }, () => ({ Key: "kept" }));
    for (const Objects of [many, []]) {
      const request = s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
      expect(await refusal(request)).toBe("400 MalformedXML");
    }
    expect(await read("kept")).toBe("x");
  });

  it("says nothing of success when asked to be quiet", async () => {
    const command = new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: "nobody" }], Quiet: true } });
    expect((await s3.send(command)).Deleted).toBeUndefined();
  });
});
