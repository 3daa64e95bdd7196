import { createHash } from "node:crypto";
import { Agent, request, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, describe, expect, it } from "vitest";
import { ConnectionThrottle } from "../../../scripts/local/object-store/connection-throttle.ts";
import { FIRST, LAST, multipartSteps } from "./multipart-steps.ts";
import { BUCKET, contentFiles, createClient, MIB, refusal, startTestStore, temporaryDirectory } from "./test-store.ts";

describe("a store with a rate for each connection", async () => {
  const store = await startTestStore({ connectionBytesPerSecond: 8 * MIB });
  const s3 = createClient(store.url);
  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());

  /** Seconds until a PUT of 2 MiB is answered. */
  async function timePut(Key: string, over: Agent | false): Promise<number> {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key }));
    const start = performance.now();
    const sent = request(url, { method: "PUT", agent: over, headers: { "content-length": 2 * MIB } });
    sent.end(Buffer.alloc(2 * MIB));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    expect([answer.statusCode, await text(answer)]).toEqual([200, ""]);
    return (performance.now() - start) / 1000;
  }

  it("holds one to it, over several requests as well", async () => {
    const first = await timePut("a", agent);
    const second = await timePut("b", agent);
    // 4 MiB less what a rested connection may take at once: never faster than the rate, however slow the machine is.
    expect(first + second).toBeGreaterThan(0.4);
  });

  it("counts each connection for itself, and forgets the limit when it is taken away", async () => {
    const throttle = new ConnectionThrottle(1000);
    const [one, other] = [new Socket(), new Socket()];
    expect(throttle.take(one, 10)).toBeUndefined();
    const pause = throttle.take(one, 100);
    expect(pause).toBeInstanceOf(Promise);
    expect(throttle.take(other, 1)).toBeUndefined();
    throttle.bytesPerSecond = undefined;
    expect(throttle.take(one, 1_000_000)).toBeUndefined();
    store.connectionBytesPerSecond = undefined;
    await pause;
    await timePut("c", agent);
    expect(store.connectionBytesPerSecond).toBeUndefined();
  });
});

describe("a store that keeps nothing", async () => {
  const dir = temporaryDirectory();
  const store = await startTestStore({ dir, discard: true });
  const s3 = createClient(store.url);
  const steps = multipartSteps(s3);
  const sum = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("base64");

  it("verifies and counts what it is sent, and has no file of it", async () => {
    const id = await steps.create("huge", { ChecksumAlgorithm: "SHA256" });
    const parts = [await steps.part("huge", id, 1, FIRST), await steps.part("huge", id, 2, LAST)];
    expect(parts.map((part) => part.ChecksumSHA256)).toEqual([sum(FIRST), sum(LAST)]);
    await steps.complete("huge", id, parts);
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "huge" }));
    expect(head.ContentLength).toBe(FIRST.length + LAST.length);
    expect(store.traffic.of("UploadPart").bytesIn).toBe(FIRST.length + LAST.length);
    expect(contentFiles(dir)).toEqual([]);
  });

  it("refuses wrong bytes like any other", async () => {
    const put = new PutObjectCommand({ Bucket: BUCKET, Key: "wrong", Body: "x", ChecksumSHA256: sum(FIRST) });
    expect(await refusal(s3.send(put))).toBe("400 BadDigest");
  });

  it("says so when it is asked for bytes", async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "gone", Body: "x" }));
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "gone" })))).toBe("501 NotImplemented");
  });
});
