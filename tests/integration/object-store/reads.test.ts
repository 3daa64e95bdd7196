import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type GetObjectCommandInput } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, describe, expect, it } from "vitest";
import { BUCKET, createClient, fetchRefusal, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const Key = "digits";
const ETag = '"781e5e245d69b566979b86e28d23f2c7"';

beforeAll(async () => {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: "0123456789" }));
});

function get(
  more: Partial<GetObjectCommandInput>,
): Promise<{ status: number | undefined; body: string | undefined; range: string | undefined }> {
  return s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more })).then(async ({ Body, ContentRange, $metadata }) => ({
    status: $metadata.httpStatusCode,
    body: await Body?.transformToString(),
    range: ContentRange,
  }));
}

describe("a range", () => {
  it.each([
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-99", "0123456789", "bytes 0-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
  ])("%s is answered with 206 and exactly its bytes", async (Range, body, range) => {
    expect(await get({ Range })).toEqual({ status: 206, body, range });
  });

  it.each(["bytes=10-", "bytes=99-100", "bytes=-0"])("%s can't be satisfied", async (Range) => {
    expect(await refusal(get({ Range }))).toBe("416 InvalidRange");
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key }));
    const response = await fetch(url, { headers: { range: Range } });
    expect(response.headers.get("content-range")).toBe("bytes */10");
    expect(await response.text()).toContain("<ActualObjectSize>10</ActualObjectSize>");
  });

  it.each(["bytes=4-2", "bytes=0-1,4-5", "lines=0-1", "bytes=-"])("%s is not one, and the whole object comes", async (Range) => {
    expect(await get({ Range })).toEqual({ status: 200, body: "0123456789", range: undefined });
  });

  it("tells its size to HEAD", async () => {
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, Range: "bytes=2-4" }));
    expect(head).toMatchObject({ ContentLength: 3, $metadata: { httpStatusCode: 206 } });
  });

  it("counts under If-Range only while the object is the same", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key }));
    const same = await fetch(url, { headers: { range: "bytes=1-2", "if-range": ETag } });
    expect([same.status, await same.text()]).toEqual([206, "12"]);
    const other = await fetch(url, { headers: { range: "bytes=1-2", "if-range": '"other"' } });
    expect([other.status, await other.text()]).toEqual([200, "0123456789"]);
  });
});

describe("a conditional read", () => {
  const before = new Date(Date.now() - 3_600_000);
  const after = new Date(Date.now() + 3_600_000);

  it.each([
    ["If-Match with its ETag", { IfMatch: ETag }],
    ["If-Match with its ETag among others", { IfMatch: `"other", ${ETag}` }],
    ["If-Match with anything", { IfMatch: "*" }],
    ["If-None-Match with another ETag", { IfNoneMatch: '"other"' }],
    ["If-Modified-Since earlier", { IfModifiedSince: before }],
    ["If-Unmodified-Since later", { IfUnmodifiedSince: after }],
    ["If-Match over If-Unmodified-Since", { IfMatch: ETag, IfUnmodifiedSince: before }],
  ])("passes by %s", async (_title, condition) => {
    expect((await get(condition)).status).toBe(200);
  });

  it.each([
    ["If-Match with another ETag", { IfMatch: '"other"' }],
    ["If-Unmodified-Since earlier", { IfUnmodifiedSince: before }],
  ])("fails by %s", async (_title, condition) => {
    expect(await refusal(get(condition))).toBe("412 PreconditionFailed");
  });

  it.each([
    ["If-None-Match with its ETag", { "if-none-match": ETag }],
    ["If-None-Match with its weak ETag", { "if-none-match": `W/${ETag}` }],
    ["If-Modified-Since later", { "if-modified-since": after.toUTCString() }],
  ])("has nothing new by %s", async (_title, headers) => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key }));
    const response = await fetch(url, { headers });
    expect([response.status, await response.text(), response.headers.get("etag")]).toEqual([304, "", ETag]);
  });
});

describe("a refusal", () => {
  it("is an S3 error document with a request id", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "a & b" }));
    const response = await fetch(url);
    const text = await response.text();
    expect(response.headers.get("content-type")).toBe("application/xml");
    expect(text).toContain("<Code>NoSuchKey</Code>");
    expect(text).toContain("<Key>a &amp; b</Key>");
    expect(text).toContain(`<RequestId>${response.headers.get("x-amz-request-id") ?? "none"}</RequestId>`);
  });

  it("of a HEAD has no body", async () => {
    const url = await getSignedUrl(s3, new HeadObjectCommand({ Bucket: BUCKET, Key: "missing" }));
    const response = await fetch(url, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([404, ""]);
  });

  it("names what it doesn't implement", async () => {
    for (const path of [`/${BUCKET}?versioning`, `/${BUCKET}?policy`, `/${BUCKET}/${Key}?acl`, `/${BUCKET}`]) {
      const response = await fetch(`${store.url}${path}`);
      expect(await fetchRefusal(response)).toBe("501 NotImplemented");
    }
    expect(await fetchRefusal(await fetch(`${store.url}/${BUCKET}/${Key}`, { method: "PATCH" }))).toBe("405 MethodNotAllowed");
    expect(await fetchRefusal(await fetch(`${store.url}/${BUCKET}/%ff`))).toBe("400 InvalidURI");
  });
});
