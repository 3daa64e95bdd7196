import { connect } from "node:net";
import { GetObjectCommand, HeadObjectCommand, PutBucketCorsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, vi } from "vitest";
import { amzDate, hmac, REGION, signingKey } from "./sigv4.ts";
import {
  ACCESS_KEY,
  BUCKET,
  contentFiles,
  createClient,
  expectSameBytes,
  fetchRefusal,
  refusal,
  someBytes,
  startTestStore,
  temporaryDirectory,
} from "./test-store.ts";

const dir = temporaryDirectory();
const store = await startTestStore({ dir });
const s3 = createClient(store.url);
const TARGET = `${store.url}/${BUCKET}`;

type Condition = Record<string, string> | (string | number)[];

/** The fields of a presigned POST, after https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
function presignPost(
  fields: Record<string, string>,
  conditions: Condition[],
  expiresInMs = 60_000,
  secret?: string,
): Record<string, string> {
  const date = amzDate(new Date());
  const day = date.slice(0, 8);
  const own = {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `${ACCESS_KEY}/${day}/${REGION}/s3/aws4_request`,
    "x-amz-date": date,
  };
  const document = {
    expiration: new Date(Date.now() + expiresInMs).toISOString(),
    conditions: [...conditions, ...Object.entries(own).map(([name, value]) => ({ [name]: value })), { bucket: BUCKET }],
  };
  const policy = Buffer.from(JSON.stringify(document)).toString("base64");
  return { ...fields, ...own, policy, "x-amz-signature": hmac(signingKey(day, secret), policy).toString("hex") };
}

function post(
  fields: Record<string, string>,
  file: Uint8Array<ArrayBuffer> | string | undefined,
  target = TARGET,
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append("file", new Blob([file]), "my file ü.png");
  return fetch(target, { method: "POST", body: form, headers });
}

const exact = (key: string): Condition[] => [{ key }, ["content-length-range", 1, 100_000]];

describe("a browser's form with a signed policy", () => {
  it("stores its file with the type and metadata that the policy allows", async () => {
    const fields = { key: "forms/${filename}", "Content-Type": "image/png", "x-amz-meta-course": "7", tagging: "" };
    const { tagging: _tagging, ...used } = fields;
    const file = someBytes(100_000);
    const conditions: Condition[] = [
      ["starts-with", "$key", "forms/"],
      ["eq", "$Content-Type", "image/png"],
      ["starts-with", "$x-amz-meta-course", ""],
      ["content-length-range", 100_000, 100_000],
    ];
    const response = await post(presignPost(used, conditions), file);
    expect(response.status).toBe(204);
    const found = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "forms/my file ü.png" }));
    expect(found).toMatchObject({ ContentType: "image/png", Metadata: { course: "7" }, ETag: response.headers.get("etag") });
    expectSameBytes((await found.Body?.transformToByteArray()) ?? new Uint8Array(), file);
  });

  it("is answered with what success_action_status asks for", async () => {
    const created = await post(
      presignPost({ key: "c", success_action_status: "201" }, [...exact("c"), { success_action_status: "201" }]),
      "x",
    );
    expect([created.status, created.headers.get("location")]).toEqual([201, `${TARGET}/c`]);
    expect(await created.text()).toContain(
      `<PostResponse xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Location>${TARGET}/c</Location>`,
    );
    const ok = await post(presignPost({ key: "c", success_action_status: "200" }, [...exact("c"), { success_action_status: "200" }]), "x");
    expect(ok.status).toBe(200);
  });

  const valid = (): Record<string, string> => presignPost({ key: "form" }, exact("form"));
  const large = new Uint8Array(100_001);

  it.each<[string, () => Promise<Response>, string]>([
    ["another key", () => post({ ...valid(), key: "other" }, "x"), "403 AccessDenied"],
    ["a field that the policy doesn't name", () => post({ ...valid(), "x-amz-meta-sneaked": "1" }, "x"), "403 AccessDenied"],
    [
      "another type",
      () =>
        post(
          {
            ...presignPost({ key: "t", "Content-Type": "image/png" }, [...exact("t"), { "Content-Type": "image/png" }]),
            "Content-Type": "text/html",
          },
          "x",
        ),
      "403 AccessDenied",
    ],
    ["a file that is too large", () => post(valid(), large), "400 EntityTooLarge"],
    ["a file that is too small", () => post(valid(), ""), "400 EntityTooSmall"],
    ["a policy that has expired", () => post(presignPost({ key: "form" }, exact("form"), -1), "x"), "403 AccessDenied"],
    ["a changed policy", () => post({ ...valid(), policy: Buffer.from("{}").toString("base64") }, "x"), "403 SignatureDoesNotMatch"],
    ["another secret", () => post(presignPost({ key: "form" }, exact("form"), 60_000, "wrong"), "x"), "403 SignatureDoesNotMatch"],
    [
      "a stranger's key",
      () => post({ ...valid(), "x-amz-credential": `stranger/20260101/${REGION}/s3/aws4_request` }, "x"),
      "403 InvalidAccessKeyId",
    ],
    ["no policy", () => post({ key: "form" }, "x"), "403 AccessDenied"],
    ["no file", () => post(valid(), undefined), "400 InvalidArgument"],
    ["a policy without conditions", () => post(presignPost({ key: "form" }, [["odd"]]), "x"), "400 InvalidPolicyDocument"],
    ["a bucket that isn't the policy's", () => post(valid(), "x", `${store.url}/elsewhere`), "404 NoSuchBucket"],
    [
      "a public ACL",
      () => post(presignPost({ key: "form", acl: "public-read" }, [...exact("form"), { acl: "public-read" }]), "x"),
      "501 NotImplemented",
    ],
  ])("is refused with %s, and nothing is stored", async (_title, send, expected) => {
    const before = contentFiles(dir).length;
    expect(await fetchRefusal(await send())).toBe(expected);
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "form" })))).toBe("404 NoSuchKey");
    expect(contentFiles(dir)).toHaveLength(before);
  });

  it("that isn't one is refused", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const torn = await fetch(TARGET, { method: "POST", headers, body: '--b\r\ncontent-disposition: form-data; name="key"\r\n\r\nx' });
    expect(await fetchRefusal(torn)).toBe("400 MalformedPOSTRequest");
  });

  it("that breaks off leaves the object that was there, and no file", async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "broken", Body: "before" }));
    const before = contentFiles(dir).length;
    const fields = presignPost({ key: "broken" }, exact("broken"));
    const head = Object.entries(fields).map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    const body = `${head.join("")}--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${"x".repeat(50_000)}`;
    const socket = connect(store.port, "127.0.0.1");
    socket.write(
      `POST /${BUCKET} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 99999\r\n\r\n${body}`,
    );
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(before + 1));
    socket.destroy();
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(before));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "broken" }));
    expect(await Body?.transformToString()).toBe("before");
  });

  it("is readable by the page that sent it, under the bucket's CORS rules", async () => {
    const CORSRules = [{ AllowedOrigins: ["*"], AllowedMethods: ["POST"], ExposeHeaders: ["ETag"] }];
    await s3.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules } }));
    const response = await post(presignPost({ key: "page" }, exact("page")), "x", TARGET, { origin: "https://a.example" });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect((await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "page" }))).ContentLength).toBe(1);
  });
});
