import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { sha256, signHeaders } from "./sigv4.ts";
import { BUCKET, createClient, fetchRefusal, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const BODY = "checked bytes";
const SHA256 = createHash("sha256").update(BODY).digest("base64");
const CRC32 = Buffer.from(crc32(BODY).toString(16).padStart(8, "0"), "hex").toString("base64");
const MD5 = createHash("md5").update(BODY).digest("base64");

function put(Key: string, more: Partial<PutObjectCommandInput>): Promise<unknown> {
  return s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: BODY, ...more }));
}

describe("a checksum", () => {
  it.each([
    ["SHA-256", { ChecksumSHA256: SHA256 }],
    ["CRC-32", { ChecksumCRC32: CRC32 }],
  ])("of %s is verified, kept, and told to those who ask", async (_title, checksum) => {
    await put("kept", checksum);
    const asked = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "kept", ChecksumMode: "ENABLED" }));
    expect(asked).toMatchObject(checksum);
    const silent = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "kept" }));
    expect(silent).not.toMatchObject(checksum);
  });

  it("is of the whole object, so a range goes without", async () => {
    await put("ranged", { ChecksumSHA256: SHA256 });
    const part = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "ranged", ChecksumMode: "ENABLED", Range: "bytes=0-1" }));
    expect(part.ChecksumSHA256).toBeUndefined();
  });

  it.each([
    ["SHA-256", { ChecksumSHA256: createHash("sha256").digest("base64") }],
    ["CRC-32", { ChecksumCRC32: "AAAAAA==" }],
    ["Content-MD5", { ContentMD5: createHash("md5").digest("base64") }],
  ])("of %s that doesn't match leaves what was there", async (title, wrong) => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: title, Body: "before" }));
    expect(await refusal(put(title, wrong))).toBe("400 BadDigest");
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: title }));
    expect(await Body?.transformToString()).toBe("before");
  });

  it("by Content-MD5 passes when it is right", async () => {
    await put("md5", { ContentMD5: MD5 });
    expect(await refusal(put("md5", { ContentMD5: "short" }))).toBe("400 InvalidDigest");
  });

  it.each([
    ["of a wrong length", { "x-amz-checksum-sha256": "AAAA" }, "400 InvalidRequest"],
    ["of two kinds", { "x-amz-checksum-sha256": SHA256, "x-amz-checksum-crc32": CRC32 }, "400 InvalidRequest"],
    ["announced and not given", { "x-amz-sdk-checksum-algorithm": "SHA256" }, "400 InvalidRequest"],
    ["of a kind that the store doesn't compute", { "x-amz-checksum-crc64nvme": "AAAAAAAAAAA=" }, "501 NotImplemented"],
    ["of a kind that nobody knows", { "x-amz-checksum-md4": "AAAA" }, "400 InvalidRequest"],
  ])("%s is refused", async (_title, given, expected) => {
    const url = new URL(`${store.url}/${BUCKET}/odd`);
    const { headers } = signHeaders("PUT", url, given, { payload: sha256(BODY) });
    expect(await fetchRefusal(await fetch(url, { method: "PUT", headers, body: BODY }))).toBe(expected);
  });

  it("that a presigner computed over nothing holds the body to nothing, as on S3", async () => {
    const naive = createClient(store.url);
    naive.config.requestChecksumCalculation = () => Promise.resolve("WHEN_SUPPORTED");
    const url = await getSignedUrl(naive, new PutObjectCommand({ Bucket: BUCKET, Key: "naive" }));
    expect(url).toContain("x-amz-checksum-crc32=AAAAAA");
    expect(await fetchRefusal(await fetch(url, { method: "PUT", body: BODY }))).toBe("400 BadDigest");
  });
});

describe("a length", () => {
  const url = new URL(`${store.url}/${BUCKET}/measured`);
  const { headers } = signHeaders("PUT", url, {}, { payload: "UNSIGNED-PAYLOAD" });

  it("must be told", async () => {
    const { outcome } = await sendRaw(url, { method: "PUT", headers, pieces: [Buffer.from("x")] });
    expect(outcome).toBe("411 MissingContentLength");
  });

  it("of more than 5 GiB is refused before a byte is read", async () => {
    const huge = { ...headers, "content-length": 5 * 1024 ** 3 + 1 };
    const { outcome } = await sendRaw(url, { method: "PUT", headers: huge, finish: false });
    expect(outcome).toBe("400 EntityTooLarge");
  });
});
