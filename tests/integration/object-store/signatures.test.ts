import { Agent } from "node:http";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, describe, expect, it } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { sha256, signHeaders } from "./sigv4.ts";
import { BUCKET, createClient, fetchRefusal, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore();
const s3 = createClient(store.url);
const DAY_MS = 86_400_000;

beforeAll(async () => {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "secret", Body: "secret" }));
});

function presignPut(key: string, length: number, expiresIn = 360): Promise<string> {
  const command = new PutObjectCommand({ Bucket: BUCKET, Key: key, ContentType: "video/mp4", ContentLength: length });
  return getSignedUrl(s3, command, { expiresIn, signableHeaders: new Set(["content-type"]) });
}

function tampered(url: string, change: (url: URL) => void): string {
  const copy = new URL(url);
  change(copy);
  return copy.href;
}

describe("a signature in the header", () => {
  it("made by hand from S3's document is accepted", async () => {
    const url = new URL(`${store.url}/${BUCKET}/by%20hand%2B%281%29?x-id=PutObject&empty`);
    const body = "by hand";
    const { headers } = signHeaders("PUT", url, { "content-type": "text/plain", "x-amz-meta-a": "b c" }, { payload: sha256(body) });
    expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
    const read = new URL(`${store.url}/${BUCKET}/by%20hand%2B%281%29`);
    expect(await (await fetch(read, { headers: signHeaders("GET", read, {}).headers })).text()).toBe(body);
  });

  it("must be made with the store's secret and the store's key", async () => {
    const list = new ListObjectsV2Command({ Bucket: BUCKET });
    expect(await refusal(createClient(store.url, { secretAccessKey: "wrong" }).send(list))).toBe("403 SignatureDoesNotMatch");
    expect(await refusal(createClient(store.url, { accessKeyId: "stranger" }).send(list))).toBe("403 InvalidAccessKeyId");
  });

  it("covers method, key, query, headers and payload", async () => {
    const url = new URL(`${store.url}/${BUCKET}/secret`);
    const { headers } = signHeaders("GET", url, { "content-type": "a/b" });
    const send = (target: string, method: string, more: Record<string, string> = {}): Promise<string> =>
      fetch(target, { method, headers: { ...headers, ...more } }).then(fetchRefusal);
    expect(await send(url.href, "DELETE")).toBe("403 SignatureDoesNotMatch");
    expect(await send(`${url.href}2`, "GET")).toBe("403 SignatureDoesNotMatch");
    expect(await send(`${url.href}?tagging`, "GET")).toBe("403 SignatureDoesNotMatch");
    expect(await send(url.href, "GET", { "content-type": "c/d" })).toBe("403 SignatureDoesNotMatch");
    expect(await send(url.href, "GET", { "x-amz-content-sha256": sha256("x") })).toBe("403 SignatureDoesNotMatch");
    expect(await send(url.href, "GET", { "x-amz-meta-added": "1" })).toBe("403 AccessDenied");
  });

  it("vouches for the bytes of the body", async () => {
    const url = new URL(`${store.url}/${BUCKET}/body`);
    const { headers } = signHeaders("PUT", url, {}, { payload: sha256("honest") });
    const response = await fetch(url, { method: "PUT", headers, body: "forged" });
    expect(await fetchRefusal(response)).toBe("400 XAmzContentSHA256Mismatch");
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "body" })))).toBe("404 NoSuchKey");
  });

  it("is too old after fifteen minutes, and too young before", async () => {
    const url = new URL(`${store.url}/${BUCKET}/secret`);
    const at = (minutes: number): Promise<Response> =>
      fetch(url, { headers: signHeaders("GET", url, {}, { date: new Date(Date.now() + minutes * 60_000) }).headers });
    expect(await fetchRefusal(await at(-16))).toBe("403 RequestTimeTooSkewed");
    expect(await fetchRefusal(await at(16))).toBe("403 RequestTimeTooSkewed");
    expect((await at(-14)).status).toBe(200);
  });

  it.each([
    ["no payload hash", { "x-amz-content-sha256": undefined }, "403 SignatureDoesNotMatch"],
    ["no date", { "x-amz-date": undefined }, "403 AccessDenied"],
    ["another algorithm", { authorization: "AWS test:abc" }, "400 InvalidRequest"],
    ["a torn header", { authorization: "AWS4-HMAC-SHA256 Credential=a" }, "400 AuthorizationHeaderMalformed"],
    ["a session token", { "x-amz-security-token": "t" }, "400 InvalidToken"],
  ])("is refused with %s", async (_title, change, expected) => {
    const url = new URL(`${store.url}/${BUCKET}/secret`);
    const headers = Object.entries({ ...signHeaders("GET", url, {}).headers, ...change }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    expect(await fetchRefusal(await fetch(url, { headers }))).toBe(expected);
  });

  it("can't be joined by one in the query", async () => {
    const url = new URL(await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "secret" })));
    const response = await fetch(url, { headers: { authorization: "AWS4-HMAC-SHA256 x" } });
    expect(await fetchRefusal(response)).toBe("400 InvalidArgument");
  });
});

describe("a presigned URL", () => {
  it("lets a browser put exactly what was signed", async () => {
    const url = await presignPut("lessons/1/a +ü%.mp4", 5);
    const response = await fetch(url, { method: "PUT", body: "12345", headers: { "content-type": "video/mp4" } });
    expect([response.status, response.headers.get("etag")]).toEqual([200, '"827ccb0eea8a706c4c34a16891f84e7b"']);
    const read = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "lessons/1/a +ü%.mp4" }));
    expect(await (await fetch(read)).text()).toBe("12345");
  });

  it("holds for its method, key, length and type only", async () => {
    const url = await presignPut("signed", 5);
    const type = { "content-type": "video/mp4" };
    const put = (target: string, body: string, headers: Record<string, string>): Promise<string> =>
      fetch(target, { method: "PUT", body, headers }).then(fetchRefusal);
    expect(await fetchRefusal(await fetch(url))).toBe("403 SignatureDoesNotMatch");
    expect(
      await put(
        tampered(url, (copy) => (copy.pathname = `/${BUCKET}/other`)),
        "12345",
        type,
      ),
    ).toBe("403 SignatureDoesNotMatch");
    expect(
      await put(
        tampered(url, (copy) => copy.searchParams.set("X-Amz-Expires", "9999")),
        "12345",
        type,
      ),
    ).toBe("403 SignatureDoesNotMatch");
    expect(
      await put(
        tampered(url, (copy) => copy.searchParams.set("partNumber", "1")),
        "12345",
        type,
      ),
    ).toBe("403 SignatureDoesNotMatch");
    expect(await put(url, "123456", type)).toBe("403 SignatureDoesNotMatch");
    expect(await put(url, "12345", { "content-type": "text/html" })).toBe("403 SignatureDoesNotMatch");
    expect(await put(url, "12345", {})).toBe("403 SignatureDoesNotMatch");
    expect(await put(url, "12345", { ...type, "x-amz-acl": "public-read" })).toBe("403 AccessDenied");
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "signed" })))).toBe("404 NoSuchKey");
  });

  it("carries headers that the signer moved into the query", async () => {
    const command = new PutObjectCommand({
      Bucket: BUCKET,
      Key: "hoisted",
      Metadata: { course: "42" },
      StorageClass: "STANDARD_IA",
      Tagging: "a=b",
    });
    expect((await fetch(await getSignedUrl(s3, command), { method: "PUT", body: "x" })).status).toBe(200);
    const found = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "hoisted" }));
    expect(found).toMatchObject({ Metadata: { course: "42" }, StorageClass: "STANDARD_IA", TagCount: 1 });
  });

  it("takes a checksum header that was signed, and holds the body to it", async () => {
    const checksum = Buffer.from(sha256("12345"), "hex").toString("base64");
    const command = new PutObjectCommand({ Bucket: BUCKET, Key: "checked", ChecksumSHA256: checksum });
    const url = await getSignedUrl(s3, command, { unhoistableHeaders: new Set(["x-amz-checksum-sha256"]) });
    const send = (body: string): Promise<Response> => fetch(url, { method: "PUT", body, headers: { "x-amz-checksum-sha256": checksum } });
    expect(await fetchRefusal(await send("54321"))).toBe("400 BadDigest");
    expect((await send("12345")).status).toBe(200);
  });

  it("is refused when a part of its credentials is missing or odd", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: "secret" }));
    const cases: [(copy: URL) => void, string][] = [
      [(copy) => copy.searchParams.delete("X-Amz-Expires"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.set("X-Amz-Expires", "604801"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.set("X-Amz-Date", "today"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.set("X-Amz-Credential", "a/b"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.set("X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.set("X-Amz-SignedHeaders", "accept"), "403 SignatureDoesNotMatch"],
      [(copy) => copy.searchParams.delete("X-Amz-Signature"), "400 AuthorizationQueryParametersError"],
      [(copy) => copy.searchParams.append("x-id", "again"), "400 InvalidArgument"],
    ];
    for (const [change, expected] of cases) expect(await fetchRefusal(await fetch(tampered(url, change)))).toBe(expected);
  });

  it("expires by the store's clock, and not before", async () => {
    const own = await startTestStore();
    const client = createClient(own.url);
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "k", Body: "x" }));
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: "k" }), { expiresIn: 360 });
    await own.advance(350_000);
    expect((await fetch(url)).status).toBe(200);
    await own.advance(20_000);
    const response = await fetch(url);
    const text = await response.text();
    expect([response.status, /<Code>(.+?)<.*<Message>(.+?)</.exec(text)?.slice(1)]).toEqual([403, ["AccessDenied", "Request has expired"]]);
  });

  it("isn't valid before its time", async () => {
    const command = new GetObjectCommand({ Bucket: BUCKET, Key: "secret" });
    const url = await getSignedUrl(s3, command, { signingDate: new Date(Date.now() + DAY_MS) });
    expect(await fetchRefusal(await fetch(url))).toBe("403 AccessDenied");
  });
});

describe("anybody else", () => {
  it("gets nothing: not an object, a listing, a write or a deletion", async () => {
    const targets: [string, string][] = [
      ["GET", `/${BUCKET}/secret`],
      ["GET", `/${BUCKET}/missing`],
      ["GET", `/${BUCKET}?list-type=2`],
      ["GET", "/"],
      ["PUT", `/${BUCKET}/mine`],
      ["DELETE", `/${BUCKET}/secret`],
      ["POST", `/${BUCKET}/secret?uploads`],
      ["PUT", "/another-bucket"],
    ];
    for (const [method, path] of targets) {
      expect(await fetchRefusal(await fetch(`${store.url}${path}`, { method }))).toBe("403 AccessDenied");
    }
  });
});

describe("a refused upload", () => {
  it("is told so before its body is sent, when it waits to be asked", async () => {
    const url = new URL(`${store.url}/${BUCKET}/waiting`);
    const { headers } = signHeaders("PUT", url, {}, { secret: "wrong", payload: "UNSIGNED-PAYLOAD" });
    const asked = await sendRaw(url, {
      method: "PUT",
      headers: { ...headers, expect: "100-continue", "content-length": 9 },
      finish: false,
    });
    expect(asked).toEqual({ outcome: "403 SignatureDoesNotMatch", continued: false });
    const right = signHeaders("PUT", url, {}, { payload: "UNSIGNED-PAYLOAD" });
    const sent = { ...right.headers, expect: "100-continue", "content-length": 1 };
    expect(await sendRaw(url, { method: "PUT", headers: sent, pieces: [Buffer.from("x")] })).toEqual({
      outcome: "200 OK",
      continued: true,
    });
  });

  it("reads the refusal even when it has sent everything", async () => {
    const url = await presignPut("large", 8_000_000);
    const response = await fetch(
      tampered(url, (copy) => (copy.pathname = `/${BUCKET}/elsewhere`)),
      {
        method: "PUT",
        body: Buffer.alloc(8_000_000),
        headers: { "content-type": "video/mp4" },
      },
    );
    expect(await fetchRefusal(response)).toBe("403 SignatureDoesNotMatch");
  });
});

describe("a connection", () => {
  it("still serves after an upload on it was refused halfway", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const url = new URL(`${store.url}/${BUCKET}/halfway`);
    const payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    const { headers } = signHeaders("PUT", url, { "x-amz-decoded-content-length": "8000000" }, { payload });
    const body = Buffer.alloc(8_000_000, "x");
    const refused = await sendRaw(url, { method: "PUT", headers: { ...headers, "content-length": body.length }, pieces: [body], agent });
    expect(refused.outcome).toBe("400 IncompleteBody");
    const next = new URL(`${store.url}/${BUCKET}/secret`);
    const answer = await sendRaw(next, { method: "GET", headers: signHeaders("GET", next, {}).headers, agent });
    expect(answer.outcome).toBe("200 OK");
    agent.destroy();
  });
});

describe("a store for one region", () => {
  it("names the right region to a signature for another", async () => {
    const own = await startTestStore({ region: "eu-central-1" });
    const list = new ListObjectsV2Command({ Bucket: BUCKET });
    expect(await refusal(createClient(own.url, { region: "auto" }).send(list))).toBe("400 AuthorizationHeaderMalformed");
    expect((await createClient(own.url, { region: "eu-central-1" }).send(list)).KeyCount).toBe(0);
  });
});
