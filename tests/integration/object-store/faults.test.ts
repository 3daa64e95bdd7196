import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../scripts/local/object-store/fault.ts";
import type { OperationName } from "../../../scripts/local/object-store/route.ts";
import { multipartSteps } from "./multipart-steps.ts";
import { BUCKET, createClient, fetchRefusal, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const steps = multipartSteps(s3);

function play(fault: Fault, at: OperationName): void {
  store.onRequest = ({ operation }) => (operation === at ? fault : undefined);
}

const presigned = (Key: string): Promise<string> => getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key }));
const exists = (Key: string): Promise<boolean> =>
  s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key })).then(
    () => true,
    () => false,
  );

afterEach(() => {
  store.onRequest = undefined;
  store.traffic.reset();
});

describe("a store asked to fail", () => {
  it("says in Retry-After when to come again, and has not acted", async () => {
    play({ kind: "error", status: 503, code: "SlowDown", retryAfter: 7 }, "PutObject");
    const answer = await fetch(await presigned("busy"), { method: "PUT", body: "x" });
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(await fetchRefusal(answer)).toBe("503 SlowDown");
    expect(await exists("busy")).toBe(false);
  });

  it("acts and loses the answer: a PUT is there although its sender never heard", async () => {
    play({ kind: "lost-answer" }, "PutObject");
    await expect(fetch(await presigned("unheard"), { method: "PUT", body: "kept" })).rejects.toThrow("fetch failed");
    expect(Buffer.from(await steps.read("unheard")).toString()).toBe("kept");
    expect(store.traffic.of("PutObject")).toMatchObject({ requests: 1, failures: 1, bytesIn: 4 });
  });

  it("loses the answer also of a client that waits to be told to send its body", async () => {
    play({ kind: "lost-answer" }, "PutObject");
    const Body = Buffer.alloc(3 * 1024 ** 2, 1);
    const lost = s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "asked", Body }));
    await expect(lost).rejects.toThrow("socket hang up");
    expect(await exists("asked")).toBe(true);
  });

  it("completes a multipart upload and loses the answer: asked again, it knows no such upload", async () => {
    const id = await steps.create("completed");
    const part = await steps.part("completed", id, 1, Buffer.from("all"));
    play({ kind: "lost-answer" }, "CompleteMultipartUpload");
    await expect(steps.complete("completed", id, [part])).rejects.toThrow("socket hang up");
    store.onRequest = undefined;
    expect(await refusal(steps.complete("completed", id, [part]))).toBe("404 NoSuchUpload");
    expect(await exists("completed")).toBe(true);
  });

  it.each([
    ["after it has completed the upload", "error-after", true],
    ["and has not completed the upload", "error", false],
  ] as const)("answers 200 with an error in the body %s", async (_title, kind, there) => {
    const key = `hidden-${kind}`;
    const id = await steps.create(key);
    const { PartNumber, ETag } = await steps.part(key, id, 1, Buffer.from("all"));
    play({ kind, status: 200, code: "InternalError" }, "CompleteMultipartUpload");
    const url = await getSignedUrl(s3, new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key: key, UploadId: id }));
    const body = `<CompleteMultipartUpload><Part><PartNumber>${PartNumber ?? 0}</PartNumber><ETag>${ETag ?? ""}</ETag></Part></CompleteMultipartUpload>`;
    expect(await fetchRefusal(await fetch(url, { method: "POST", body }))).toBe("200 InternalError");
    expect(await exists(key)).toBe(there);
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: key }));
    expect(Uploads.length).toBe(there ? 0 : 1);
  });

  it("answers with the operation's own refusal when that refuses", async () => {
    play({ kind: "lost-answer" }, "CompleteMultipartUpload");
    expect(await refusal(steps.complete("nowhere", "none", [{ PartNumber: 1, ETag: "x" }]))).toBe("404 NoSuchUpload");
  });

  it.each([
    ["cut off", { kind: "lost-answer" }],
    ["refused", { kind: "error-after", status: 500, code: "InternalError" }],
  ] as const)("has a read %s at once, which has no effect to come first", async (_title, fault) => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "large", Body: Buffer.alloc(200_000) }));
    play(fault, "GetObject");
    await expect(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "large" }))).rejects.toThrow();
  });
});
