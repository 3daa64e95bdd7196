import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { hmac, sha256, signHeaders, signingKey, type Signed } from "./sigv4.ts";
import { ACCESS_KEY, BUCKET, createClient, expectSameBytes, refusal, SECRET_KEY, someBytes, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const PLAIN = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
const UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

function crc(data: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(data));
  return bytes.toString("base64");
}

interface Framing {
  readonly payload: string;
  readonly trailers?: Record<string, string>;
  readonly declared?: number;
  readonly tamper?: (chunks: string[]) => string[];
  readonly tamperEnd?: (end: string) => string;
}

function chunkSignature(signed: Signed, previous: string, algorithm: string, ...hashes: string[]): string {
  const text = [algorithm, signed.date, signed.scope, previous, ...hashes].join("\n");
  return hmac(signingKey(signed.date.slice(0, 8)), text).toString("hex");
}

// Frames a body as https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html describes it. Latin-1 text holds the bytes.
function frame(chunks: readonly Buffer[], signed: Signed, { payload, trailers, tamper, tamperEnd }: Framing): Buffer {
  const signs = payload !== UNSIGNED_TRAILER;
  let previous = signed.signature;
  const framed = [...chunks, Buffer.alloc(0)].map((chunk) => {
    if (signs) previous = chunkSignature(signed, previous, "AWS4-HMAC-SHA256-PAYLOAD", sha256(""), sha256(chunk));
    const line = chunk.length.toString(16) + (signs ? `;chunk-signature=${previous}` : "");
    return `${line}\r\n${chunk.toString("latin1")}${chunk.length > 0 ? "\r\n" : ""}`;
  });
  const lines = Object.entries(trailers ?? {}).map(([name, value]) => `${name}:${value}`);
  if (payload === SIGNED_TRAILER) {
    const hash = sha256(lines.map((line) => `${line}\n`).join(""));
    lines.push(`x-amz-trailer-signature:${chunkSignature(signed, previous, "AWS4-HMAC-SHA256-TRAILER", hash)}`);
  }
  const end = `${lines.map((line) => `${line}\r\n`).join("")}\r\n`;
  return Buffer.from([...(tamper?.(framed) ?? framed), tamperEnd?.(end) ?? end].join(""), "latin1");
}

/** Sends an aws-chunked PUT; resolves with the status and code of the answer. */
async function send(key: string, chunks: readonly Buffer[], framing: Framing, cuts = 1): Promise<string> {
  const url = new URL(`${store.url}/${BUCKET}/${key}`);
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const names = Object.keys(framing.trailers ?? {});
  const signed = signHeaders(
    "PUT",
    url,
    {
      "content-encoding": "aws-chunked",
      "x-amz-decoded-content-length": String(framing.declared ?? size),
      ...(names.length > 0 ? { "x-amz-trailer": names.join(",") } : {}),
    },
    { payload: framing.payload },
  );
  const body = frame(chunks, signed, framing);
  const step = Math.ceil(body.length / cuts);
  const pieces = Array.from({ length: cuts }, (_, index) => body.subarray(index * step, (index + 1) * step));
  const { outcome } = await sendRaw(url, { method: "PUT", headers: { ...signed.headers, "content-length": body.length }, pieces });
  return outcome;
}

async function stored(key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

const chunks = [someBytes(65_536, 1), someBytes(8192, 2), someBytes(100, 3)];
const whole = Buffer.concat(chunks);
const trailers = { "x-amz-checksum-crc32": crc(whole) };

describe("an aws-chunked upload", () => {
  it.each([
    [PLAIN, undefined],
    [SIGNED_TRAILER, trailers],
    [UNSIGNED_TRAILER, trailers],
    [UNSIGNED_TRAILER, { "x-amz-checksum-sha256": Buffer.from(sha256(whole), "hex").toString("base64") }],
  ])("framed as %s is stored without its framing", async (payload, sums) => {
    const framing = { payload, ...(sums ? { trailers: sums } : {}) };
    expect(await send("framed", chunks, framing)).toBe("200 OK");
    expectSameBytes(await stored("framed"), whole);
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "framed", ChecksumMode: "ENABLED" }));
    expect(head.ContentEncoding).toBeUndefined();
    expect(head.ChecksumCRC32).toBe(sums && "x-amz-checksum-crc32" in sums ? crc(whole) : undefined);
  });

  it("may arrive in any pieces", async () => {
    const small = [someBytes(20, 4)];
    expect(
      await send("pieces", small, { payload: SIGNED_TRAILER, trailers: { "x-amz-checksum-crc32": crc(small[0] ?? whole) } }, 500),
    ).toBe("200 OK");
    expectSameBytes(await stored("pieces"), someBytes(20, 4));
  });

  it("may be empty", async () => {
    expect(await send("nothing", [], { payload: PLAIN })).toBe("200 OK");
    expect(await stored("nothing")).toHaveLength(0);
  });

  const flip = (framed: string[]): string[] => framed.map((chunk, index) => (index === 1 ? chunk.replace(/.\r\n$/s, "!\r\n") : chunk));
  const forge = (framed: string[]): string[] =>
    framed.map((chunk) => chunk.replace(/chunk-signature=./, "chunk-signature=0").replace(/=00/, "=01"));
  const swap = ([first = "", second = "", ...rest]: string[]): string[] => [second, first, ...rest];
  const cut = (framed: string[]): string[] => framed.slice(0, -1);
  const bare = (framed: string[]): string[] => framed.map((chunk) => chunk.replace(/;chunk-signature=[0-9a-f]+/, ""));

  it.each<[string, Framing, string]>([
    ["a changed byte", { payload: PLAIN, tamper: flip }, "403 SignatureDoesNotMatch"],
    ["a forged chunk signature", { payload: PLAIN, tamper: forge }, "403 SignatureDoesNotMatch"],
    ["chunks in another order", { payload: PLAIN, tamper: swap }, "403 SignatureDoesNotMatch"],
    ["no chunk signatures", { payload: PLAIN, tamper: bare }, "403 SignatureDoesNotMatch"],
    ["no last chunk", { payload: PLAIN, tamper: cut }, "400 IncompleteBody"],
    ["a changed byte under a signed trailer", { payload: SIGNED_TRAILER, trailers, tamper: flip }, "403 SignatureDoesNotMatch"],
    ["a changed byte under a checksum", { payload: UNSIGNED_TRAILER, trailers, tamper: flip }, "400 BadDigest"],
    [
      "no trailer signature",
      { payload: SIGNED_TRAILER, trailers, tamperEnd: (end) => end.replace(/x-amz-trailer-signature.*\r\n/, "") },
      "403 SignatureDoesNotMatch",
    ],
    [
      "another trailer than was signed",
      { payload: SIGNED_TRAILER, trailers, tamperEnd: (end) => `x-amz-meta-a:1\r\n${end}` },
      "403 SignatureDoesNotMatch",
    ],
    ["a wrong trailing checksum", { payload: SIGNED_TRAILER, trailers: { "x-amz-checksum-crc32": "AAAAAA==" } }, "400 BadDigest"],
    ["a length that is too short", { payload: UNSIGNED_TRAILER, trailers, declared: whole.length - 1 }, "400 IncompleteBody"],
    ["a length that is too long", { payload: UNSIGNED_TRAILER, trailers, declared: whole.length + 1 }, "400 IncompleteBody"],
    ["an unknown checksum", { payload: UNSIGNED_TRAILER, trailers: { "x-amz-checksum-crc64nvme": "x" } }, "501 NotImplemented"],
  ])("is refused with %s, and nothing is stored", async (title, framing, expected) => {
    const key = encodeURIComponent(title);
    expect(await send(key, chunks, framing)).toBe(expected);
    expect(await refusal(stored(title))).toBe("404 NoSuchKey");
  });

  it("is refused with a small chunk in the middle", async () => {
    const odd = [someBytes(8191, 1), someBytes(8192, 2)];
    expect(await send("odd", odd, { payload: PLAIN })).toBe("403 InvalidChunkSizeError");
  });

  it("is refused when a trailer is announced and doesn't come", async () => {
    const url = new URL(`${store.url}/${BUCKET}/silent`);
    const { headers } = signHeaders(
      "PUT",
      url,
      { "x-amz-decoded-content-length": "3", "x-amz-trailer": "x-amz-checksum-crc32" },
      { payload: UNSIGNED_TRAILER },
    );
    const response = await fetch(url, { method: "PUT", headers, body: "3\r\nabc\r\n0\r\n\r\n" });
    expect(await response.text()).toContain("MalformedTrailerError");
  });
});

describe("the SDK's own streaming", () => {
  it("of a stream with a trailing checksum is stored and checked", async () => {
    const client = new S3Client({
      endpoint: store.url,
      region: "auto",
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_SUPPORTED",
      responseChecksumValidation: "WHEN_SUPPORTED",
      credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
    });
    afterAll(() => client.destroy());
    const body = someBytes(300_000, 9);
    const put = await client.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: "sdk", Body: Readable.from([body]), ContentLength: body.length }),
    );
    expect(put.ChecksumCRC32).toBe(crc(body));
    const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: "sdk" }));
    expectSameBytes((await Body?.transformToByteArray()) ?? new Uint8Array(), body);
  });
});
