import { connect, type Socket } from "node:net";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it, vi } from "vitest";
import { startObjectStore } from "../../../scripts/local/object-store/server.ts";
import {
  ACCESS_KEY,
  BUCKET,
  contentFiles,
  createClient,
  expectSameBytes,
  fetchRefusal,
  MIB,
  refusal,
  SECRET_KEY,
  someBytes,
  startTestStore,
  temporaryDirectory,
} from "./test-store.ts";

function options(dir: string): Parameters<typeof startObjectStore>[0] {
  return { dir, accessKey: ACCESS_KEY, secretKey: SECRET_KEY, buckets: [BUCKET] };
}

async function text(s3: ReturnType<typeof createClient>, Key: string): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))).Body?.transformToString();
}

/** Sends the head of a presigned PUT and the first bytes of its body, and no more. */
async function beginPut(s3: ReturnType<typeof createClient>, Key: string, length: number, sent: number): Promise<Socket> {
  const url = new URL(await getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key, ContentLength: length })));
  const socket = connect(Number(url.port), url.hostname);
  socket.on("error", () => undefined);
  socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: ${length}\r\n\r\n`);
  socket.write(Buffer.alloc(sent));
  return socket;
}

describe("an upload that breaks off", () => {
  it("leaves the old object, and no file", async () => {
    const dir = temporaryDirectory();
    const store = await startTestStore({ dir });
    const s3 = createClient(store.url);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "k", Body: "old" }));
    const socket = await beginPut(s3, "k", 10 * MIB, 3 * MIB);
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(2));
    socket.destroy();
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(1));
    expect(await text(s3, "k")).toBe("old");
    expect(store.traffic.of("PutObject")).toMatchObject({ requests: 2, failures: 1 });
  });
});

describe("a restart", () => {
  it("finds objects, uploads and configurations again", async () => {
    const dir = temporaryDirectory();
    const first = await startObjectStore(options(dir));
    await createClient(first.url).send(new PutObjectCommand({ Bucket: BUCKET, Key: "kept ü", Body: "x", Metadata: { a: "b" } }));
    await first.close();
    const again = createClient((await startTestStore({ dir })).url);
    expect(await again.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "kept ü" }))).toMatchObject({
      ContentLength: 1,
      Metadata: { a: "b" },
    });
  });

  it("isn't possible beside a store that holds the directory, which says so in one sentence", async () => {
    const dir = temporaryDirectory();
    await startTestStore({ dir });
    await expect(startObjectStore(options(dir))).rejects.toThrow(
      /^.*index\.sqlite is in use by another object store; stop it or choose another directory\.$/,
    );
  });
});

describe("writers at the same time", () => {
  it("with If-None-Match: one wins", async () => {
    const dir = temporaryDirectory();
    const s3 = createClient((await startTestStore({ dir })).url);
    const put = (n: number): Promise<string> =>
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "once", Body: someBytes(50_000, n), IfNoneMatch: "*" })).then(
        () => "200",
        (error: unknown) => refusal(Promise.reject(error instanceof Error ? error : new Error(String(error)))),
      );
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, n) => put(n + 1)));
    expect(outcomes.toSorted()).toEqual(["200", ...Array.from({ length: 11 }, () => "412 PreconditionFailed")]);
    expect(contentFiles(dir)).toHaveLength(1);
  });

  it("with If-Match replace only what they have seen", async () => {
    const s3 = createClient((await startTestStore()).url);
    const put = (Body: string, more: Partial<PutObjectCommandInput> = {}): Promise<{ ETag?: string | undefined }> =>
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "seen", Body, ...more }));
    expect(await refusal(put("x", { IfMatch: '"anything"' }))).toBe("404 NoSuchKey");
    const { ETag: first } = await put("first");
    const { ETag: second } = await put("second", { IfMatch: first });
    expect(await refusal(put("third", { IfMatch: first }))).toBe("412 PreconditionFailed");
    await put("third", { IfMatch: second });
    expect(await refusal(put("x", { IfNoneMatch: '"etag"' }))).toBe("501 NotImplemented");
    expect(await text(s3, "seen")).toBe("third");
  });

  it("never mix their bytes", async () => {
    const dir = temporaryDirectory();
    const s3 = createClient((await startTestStore({ dir })).url);
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "shared", Body: Buffer.alloc(2 * MIB, n) }))),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "shared" }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array(1);
    expectSameBytes(bytes, Buffer.alloc(2 * MIB, bytes[0]));
    expect(contentFiles(dir)).toHaveLength(1);
  });
});

describe("a reader", () => {
  it("gets the whole of what it began, though it is replaced meanwhile; then the old file goes", async () => {
    const dir = temporaryDirectory();
    const s3 = createClient((await startTestStore({ dir })).url);
    const old = someBytes(16 * MIB, 7);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "read", Body: old }));
    const response = await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "read" })));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "read", Body: "new" }));
    expect(contentFiles(dir)).toHaveLength(2);
    expectSameBytes(Buffer.from(await response.arrayBuffer()), old);
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(1));
    expect(await text(s3, "read")).toBe("new");
  });
});

describe("what a test can play", () => {
  it("is an error, a cut connection or a wait, and everything is counted", async () => {
    const store = await startTestStore();
    const s3 = createClient(store.url);
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key: "k" }));
    const seen: string[] = [];
    store.onRequest = ({ operation, key }) => {
      seen.push(`${operation} ${key}`);
      return { kind: "error", status: 503, code: "SlowDown" };
    };
    expect(await fetchRefusal(await fetch(url, { method: "PUT", body: "x" }))).toBe("503 SlowDown");
    store.onRequest = () => ({ kind: "disconnect", afterBytes: 100_000 });
    await expect(fetch(url, { method: "PUT", body: Buffer.alloc(MIB) })).rejects.toThrow("fetch failed");
    store.onRequest = () => ({ kind: "disconnect" });
    await expect(fetch(url, { method: "PUT", body: "x" })).rejects.toThrow("fetch failed");
    const held = Promise.withResolvers<undefined>();
    const arrived = Promise.withResolvers<undefined>();
    store.onRequest = ({ operation }) => {
      if (operation !== "PutObject") return undefined;
      arrived.resolve(undefined);
      return held.promise;
    };
    const waiting = fetch(url, { method: "PUT", body: "12345" });
    await arrived.promise;
    expect(await refusal(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "k" })))).toBe("404 NotFound");
    held.resolve(undefined);
    expect((await waiting).status).toBe(200);
    expect(seen).toEqual(["PutObject k"]);
    expect(store.traffic.of("PutObject")).toMatchObject({ requests: 4, failures: 3 });
    expect(store.traffic.of("PutObject").bytesIn).toBeGreaterThanOrEqual(100_005);
    store.traffic.reset();
    store.onRequest = undefined;
    await (await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "k" })))).text();
    expect(store.traffic.total()).toMatchObject({ requests: 1, failures: 0, bytesIn: 0 });
    await vi.waitFor(() => expect(store.traffic.of("GetObject").bytesOut).toBeGreaterThan(5));
  });
});
