import { createHash } from "node:crypto";
import {
  CopyObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
  type UploadPartCopyCommandInput,
  type UploadPartCopyCommandOutput,
} from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { FIRST, LAST, md5, multipartSteps } from "./multipart-steps.ts";
import { BUCKET, createClient, expectSameBytes, MIB, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const { create, part, complete, read } = multipartSteps(s3);

describe("checksums of parts", () => {
  it("compose into the object's, and are asked for again at the end", async () => {
    const id = await create("summed", { ChecksumAlgorithm: "SHA256" });
    const parts = [await part("summed", id, 1, FIRST), await part("summed", id, 2, LAST)];
    const digests = [FIRST, LAST].map((bytes) => createHash("sha256").update(bytes).digest());
    expect(parts.map(({ ChecksumSHA256 }) => ChecksumSHA256)).toEqual(digests.map((digest) => digest.toString("base64")));
    const bare = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    expect(await refusal(complete("summed", id, bare))).toBe("400 InvalidRequest");
    const swapped = parts.map((own) => ({ ...own, ChecksumSHA256: parts[0]?.ChecksumSHA256 }));
    expect(await refusal(complete("summed", id, swapped))).toBe("400 InvalidPart");
    const whole = createHash("sha256").update(Buffer.concat(digests)).digest("base64");
    expect((await complete("summed", id, parts)).ChecksumSHA256).toBe(`${whole}-2`);
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "summed", ChecksumMode: "ENABLED" }));
    expect(head.ChecksumSHA256).toBe(`${whole}-2`);
  });

  it("of CRC-32 can be of the whole object", async () => {
    const id = await create("whole", { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const parts = [await part("whole", id, 1, FIRST), await part("whole", id, 2, LAST)];
    expect(await refusal(complete("whole", id, parts, { ChecksumCRC32: "AAAAAA==" }))).toBe("400 BadDigest");
    await complete("whole", id, parts);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "plain", Body: Buffer.concat([FIRST, LAST]), ChecksumAlgorithm: "CRC32" }));
    const heads = await Promise.all(
      ["whole", "plain"].map((Key) => s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: "ENABLED" }))),
    );
    expect(heads[0]?.ChecksumCRC32).toBe(heads[1]?.ChecksumCRC32);
  });
});

describe("a part copied from an object", () => {
  beforeAll(async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "origin", Body: FIRST }));
  });

  function copyPart(id: string, more: Partial<UploadPartCopyCommandInput>): Promise<UploadPartCopyCommandOutput> {
    return s3.send(
      new UploadPartCopyCommand({ Bucket: BUCKET, Key: "assembled", UploadId: id, PartNumber: 1, CopySource: `${BUCKET}/origin`, ...more }),
    );
  }

  it("holds all of it or a range, and counts like one that was sent", async () => {
    const id = await create("assembled");
    const all = await copyPart(id, {});
    const some = await copyPart(id, { PartNumber: 2, CopySourceRange: "bytes=10-19" });
    await complete("assembled", id, [
      { PartNumber: 1, ETag: all.CopyPartResult?.ETag },
      { PartNumber: 2, ETag: some.CopyPartResult?.ETag },
    ]);
    expectSameBytes(await read("assembled"), Buffer.concat([FIRST, FIRST.subarray(10, 20)]));
  });

  it("can come from a multipart object, across its parts; and such an object can be copied whole", async () => {
    const origin = await create("in-parts");
    const parts = [await part("in-parts", origin, 1, FIRST), await part("in-parts", origin, 2, LAST)];
    await complete("in-parts", origin, parts);
    const CopySource = `${BUCKET}/in-parts`;
    const id = await create("assembled-2");
    const piece = await s3.send(
      new UploadPartCopyCommand({
        Bucket: BUCKET,
        Key: "assembled-2",
        UploadId: id,
        PartNumber: 1,
        CopySource,
        CopySourceRange: `bytes=${5 * MIB - 1}-${5 * MIB}`,
      }),
    );
    await complete("assembled-2", id, [{ PartNumber: 1, ETag: piece.CopyPartResult?.ETag }]);
    expectSameBytes(await read("assembled-2"), Buffer.concat([FIRST.subarray(-1), LAST.subarray(0, 1)]));
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "flat", CopySource }));
    expect(CopyObjectResult?.ETag).toBe(`"${md5(FIRST, LAST).toString("hex")}"`);
  });

  it.each([
    ["a range beyond its end", { CopySourceRange: `bytes=0-${5 * MIB}` }, "400 InvalidArgument"],
    ["an open range", { CopySourceRange: "bytes=5-" }, "400 InvalidArgument"],
    ["another ETag", { CopySourceIfMatch: '"other"' }, "412 PreconditionFailed"],
    ["a missing source", { CopySource: `${BUCKET}/nowhere` }, "404 NoSuchKey"],
  ])("is refused with %s", async (_title, more, expected) => {
    expect(await refusal(copyPart(await create("assembled"), more))).toBe(expected);
  });
});
