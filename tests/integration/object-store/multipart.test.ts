import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, describe, expect, it } from "vitest";
import { FIRST, SECOND, LAST, md5, multipartSteps } from "./multipart-steps.ts";
import {
  BUCKET,
  contentFiles,
  createClient,
  expectSameBytes,
  fetchRefusal,
  MIB,
  refusal,
  someBytes,
  startTestStore,
  temporaryDirectory,
} from "./test-store.ts";

const dir = temporaryDirectory();
const store = await startTestStore({ dir });
const s3 = createClient(store.url);
const { create, part, complete, read } = multipartSteps(s3);

describe("a multipart upload", () => {
  it("becomes one object with the headers it was begun with", async () => {
    const id = await create("video.mp4", {
      ContentType: "video/mp4",
      Metadata: { lesson: "7" },
      StorageClass: "STANDARD_IA",
      Tagging: "a=b",
    });
    const parts = [
      await part("video.mp4", id, 3, SECOND),
      await part("video.mp4", id, 10_000, LAST),
      await part("video.mp4", id, 1, FIRST),
    ];
    expect(await refusal(read("video.mp4"))).toBe("404 NoSuchKey");
    const ordered = [parts[2] ?? {}, parts[0] ?? {}, parts[1] ?? {}];
    const done = await complete("video.mp4", id, ordered);
    expect(done.ETag).toBe(`"${md5(md5(FIRST), md5(SECOND), md5(LAST)).toString("hex")}-3"`);
    expectSameBytes(await read("video.mp4"), Buffer.concat([FIRST, SECOND, LAST]));
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "video.mp4" }));
    expect(head).toMatchObject({
      ETag: done.ETag,
      ContentLength: 10 * MIB + 1000,
      ContentType: "video/mp4",
      Metadata: { lesson: "7" },
      StorageClass: "STANDARD_IA",
      TagCount: 1,
    });
    const across = await read("video.mp4", `bytes=${5 * MIB - 2}-${10 * MIB + 1}`);
    expectSameBytes(across, Buffer.concat([FIRST.subarray(-2), SECOND, LAST.subarray(0, 2)]));
    expectSameBytes(await read("video.mp4", "bytes=-5"), LAST.subarray(-5));
  });

  it("is over when it is complete", async () => {
    const id = await create("once");
    const parts = [await part("once", id, 1, LAST)];
    await complete("once", id, parts);
    expect(await refusal(complete("once", id, parts))).toBe("404 NoSuchUpload");
    expect(await refusal(part("once", id, 2, LAST))).toBe("404 NoSuchUpload");
    expect(await refusal(s3.send(new ListPartsCommand({ Bucket: BUCKET, Key: "once", UploadId: id })))).toBe("404 NoSuchUpload");
  });

  it("takes the last of two parts with one number, and drops those that the completion leaves out", async () => {
    const before = contentFiles(dir).length;
    const id = await create("chosen");
    await part("chosen", id, 1, FIRST);
    const again = await part("chosen", id, 1, SECOND);
    await part("chosen", id, 2, LAST);
    await complete("chosen", id, [again]);
    expectSameBytes(await read("chosen"), SECOND);
    expect(contentFiles(dir)).toHaveLength(before + 1);
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "chosen" }));
    expect(contentFiles(dir)).toHaveLength(before);
  });

  it("takes parts by presigned URL, of the signed length only", async () => {
    const id = await create("browser");
    const command = new UploadPartCommand({ Bucket: BUCKET, Key: "browser", UploadId: id, PartNumber: 1, ContentLength: LAST.length });
    const url = await getSignedUrl(s3, command);
    expect(await fetchRefusal(await fetch(url, { method: "PUT", body: FIRST }))).toBe("403 SignatureDoesNotMatch");
    expect(await fetchRefusal(await fetch(url.replace("partNumber=1", "partNumber=2"), { method: "PUT", body: LAST }))).toBe(
      "403 SignatureDoesNotMatch",
    );
    const response = await fetch(url, { method: "PUT", body: LAST });
    await complete("browser", id, [{ PartNumber: 1, ETag: response.headers.get("etag") ?? "" }]);
    expectSameBytes(await read("browser"), LAST);
  });

  it("leaves nothing when it is aborted", async () => {
    const before = contentFiles(dir).length;
    const id = await create("aborted");
    await part("aborted", id, 1, LAST);
    await s3.send(new AbortMultipartUploadCommand({ Bucket: BUCKET, Key: "aborted", UploadId: id }));
    expect(contentFiles(dir)).toHaveLength(before);
    const again = s3.send(new AbortMultipartUploadCommand({ Bucket: BUCKET, Key: "aborted", UploadId: id }));
    expect(await refusal(again)).toBe("404 NoSuchUpload");
  });

  it("belongs to its key", async () => {
    const id = await create("mine");
    expect(await refusal(part("yours", id, 1, LAST))).toBe("404 NoSuchUpload");
  });

  it.each([0, 10_001])("has no part %i", async (number) => {
    expect(await refusal(part("numbers", await create("numbers"), number, LAST))).toBe("400 InvalidArgument");
  });
});

describe("a completion", () => {
  let id = "";
  let first: CompletedPart = {};
  let second: CompletedPart = {};
  let small: CompletedPart = {};

  beforeAll(async () => {
    id = await create("judged");
    first = await part("judged", id, 1, FIRST);
    small = await part("judged", id, 2, LAST);
    second = await part("judged", id, 3, SECOND);
  });

  it.each<[string, () => CompletedPart[], string]>([
    ["a wrong ETag", () => [{ ...first, ETag: second.ETag }], "400 InvalidPart"],
    ["a part that was never sent", () => [first, { PartNumber: 9, ETag: first.ETag }], "400 InvalidPart"],
    ["parts out of order", () => [second, first], "400 InvalidPartOrder"],
    ["a part twice", () => [first, first], "400 InvalidPartOrder"],
    ["a small part in the middle", () => [first, small, second], "400 EntityTooSmall"],
    ["no parts", () => [], "400 MalformedXML"],
  ])("with %s is refused and leaves the upload", async (_title, parts, expected) => {
    expect(await refusal(complete("judged", id, parts()))).toBe(expected);
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket: BUCKET, Key: "judged", UploadId: id }));
    expect(Parts).toHaveLength(3);
  });

  it("with If-None-Match doesn't replace an object, and can be tried again", async () => {
    const own = await create("guarded");
    const parts = [await part("guarded", own, 1, LAST)];
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "guarded", Body: "already here" }));
    expect(await refusal(complete("guarded", own, parts, { IfNoneMatch: "*" }))).toBe("412 PreconditionFailed");
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "guarded" }));
    await complete("guarded", own, parts, { IfNoneMatch: "*" });
    expectSameBytes(await read("guarded"), LAST);
  });

  it("of two at once with If-None-Match, exactly one wins", async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => create("raced")));
    const parts = await Promise.all(ids.map((own, index) => part("raced", own, 1, someBytes(100, index + 1))));
    const outcomes = await Promise.all(
      ids.map((own, index) =>
        complete("raced", own, [parts[index] ?? {}], { IfNoneMatch: "*" }).then(
          () => "won",
          () => "lost",
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "won")).toHaveLength(1);
  });

  it("that isn't XML, or is of another kind, is refused", async () => {
    const own = await create("malformed");
    for (const body of [
      "",
      "<CompleteMultipartUpload>",
      "<Delete/>",
      '<!DOCTYPE x [<!ENTITY a "b">]><CompleteMultipartUpload>&a;</CompleteMultipartUpload>',
    ]) {
      const command = new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key: "malformed", UploadId: own });
      const response = await fetch(await getSignedUrl(s3, command), { method: "POST", body });
      expect(await fetchRefusal(response)).toBe("400 MalformedXML");
    }
  });
});
