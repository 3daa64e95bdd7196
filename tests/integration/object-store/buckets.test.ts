import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetBucketCorsCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type CORSRule,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, describe, expect, it } from "vitest";
import { BUCKET, createClient, fetchRefusal, refusal, startTestStore } from "./test-store.ts";

const store = await startTestStore({ buckets: [BUCKET, "configured"], publicPrefixes: ["organizations/*/public/", "brand"] });
const s3 = createClient(store.url);

describe("a bucket", () => {
  it("is made once, found, listed, and removed when it is empty", async () => {
    const Bucket = "made.here-1";
    expect(await refusal(s3.send(new HeadBucketCommand({ Bucket })))).toBe("404 NotFound");
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket })))).toBe("409 BucketAlreadyOwnedByYou");
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { Buckets } = await s3.send(new ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual([BUCKET, "configured", Bucket]);
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket })))).toBe("409 BucketNotEmpty");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusal(s3.send(new HeadBucketCommand({ Bucket })))).toBe("404 NotFound");
  });

  it.each(["ab", "Upper", "under_score", "-edge", "a..b", "192.168.0.1"])("can't be called %s", async (Bucket) => {
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket })))).toBe("400 InvalidBucketName");
  });
});

describe("tags", () => {
  const tagged = { Bucket: BUCKET, Key: "tagged" };

  beforeAll(async () => {
    await s3.send(new PutObjectCommand({ ...tagged, Body: "x", Tagging: "team=blue%20sky&keep=" }));
  });

  it("are set with the object, replaced and removed", async () => {
    const read = async (): Promise<unknown> => (await s3.send(new GetObjectTaggingCommand(tagged))).TagSet;
    expect(await read()).toEqual([
      { Key: "team", Value: "blue sky" },
      { Key: "keep", Value: "" },
    ]);
    const TagSet = [{ Key: "a & b", Value: "<ü>" }];
    await s3.send(new PutObjectTaggingCommand({ ...tagged, Tagging: { TagSet } }));
    expect(await read()).toEqual(TagSet);
    await s3.send(new DeleteObjectTaggingCommand(tagged));
    expect(await read()).toEqual([]);
  });

  it.each([
    ["eleven of them", Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "v" })), "400 BadRequest"],
    [
      "one key twice",
      [
        { Key: "k", Value: "1" },
        { Key: "k", Value: "2" },
      ],
      "400 InvalidTag",
    ],
    ["a long key", [{ Key: "k".repeat(129), Value: "" }], "400 InvalidTag"],
    ["a long value", [{ Key: "k", Value: "v".repeat(257) }], "400 InvalidTag"],
  ])("are refused with %s", async (_title, TagSet, expected) => {
    expect(await refusal(s3.send(new PutObjectTaggingCommand({ ...tagged, Tagging: { TagSet } })))).toBe(expected);
  });
});

describe("a public prefix", () => {
  const PUBLIC = ["organizations/acme/public/logo.png", "organizations/ü x/public/a/b.png", "brand/x", "brand"];
  const PRIVATE = [
    "organizations/acme/private/a",
    "organizations/public/a",
    "organizations/a/b/public/c",
    "x/organizations/acme/public/a",
    "Brand/x",
  ];

  beforeAll(async () => {
    await Promise.all([...PUBLIC, ...PRIVATE].map((Key) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }))));
  });

  function anonymous(key: string, init?: RequestInit, query = ""): Promise<Response> {
    return fetch(`${store.url}/${BUCKET}/${key.split("/").map(encodeURIComponent).join("/")}${query}`, init);
  }

  it.each(PUBLIC)("opens %s to anybody, whole, in part and for HEAD", async (key) => {
    expect(await (await anonymous(key)).text()).toBe(key);
    expect(await (await anonymous(key, { headers: { range: "bytes=1-2" } })).text()).toBe(Buffer.from(key).subarray(1, 3).toString());
    expect((await anonymous(key, { method: "HEAD" })).status).toBe(200);
  });

  it.each(PRIVATE)("doesn't open %s", async (key) => {
    expect(await fetchRefusal(await anonymous(key))).toBe("403 AccessDenied");
  });

  it("lets nobody write, delete, see tags or change headers", async () => {
    const key = "organizations/acme/public/logo.png";
    for (const method of ["PUT", "DELETE"]) expect(await fetchRefusal(await anonymous(key, { method }))).toBe("403 AccessDenied");
    expect(await fetchRefusal(await anonymous(key, {}, "?tagging"))).toBe("403 AccessDenied");
    expect(await fetchRefusal(await anonymous(key, {}, "?response-content-type=text/html"))).toBe("400 InvalidRequest");
    expect(await fetchRefusal(await anonymous("organizations/acme/public/missing"))).toBe("404 NoSuchKey");
  });
});

describe("CORS", () => {
  const origin = "https://app.example.com";
  const rules: CORSRule[] = [
    {
      ID: "apps",
      AllowedOrigins: ["https://*.example.com"],
      AllowedMethods: ["PUT", "GET"],
      AllowedHeaders: ["content-type", "x-amz-*"],
      ExposeHeaders: ["ETag", "x-amz-request-id"],
      MaxAgeSeconds: 600,
    },
    { AllowedOrigins: ["*"], AllowedMethods: ["GET"] },
  ];

  function preflight(method: string, headers: string, from = origin, bucket = BUCKET): Promise<Response> {
    return fetch(`${store.url}/${bucket}/any/key?X-Amz-Signature=of-the-request-to-come`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": method, ...(headers ? { "access-control-request-headers": headers } : {}) },
    });
  }

  it("is kept, read back and removed", async () => {
    const Bucket = "configured";
    expect(await refusal(s3.send(new GetBucketCorsCommand({ Bucket })))).toBe("404 NoSuchCORSConfiguration");
    expect(await fetchRefusal(await preflight("PUT", "", origin, Bucket))).toBe("403 AccessForbidden");
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: rules } }));
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(rules);
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    expect(await refusal(s3.send(new GetBucketCorsCommand({ Bucket })))).toBe("404 NoSuchCORSConfiguration");
  });

  it.each<[string, CORSRule[], string]>([
    ["a method that isn't one", [{ AllowedOrigins: ["*"], AllowedMethods: ["PATCH"] }], "400 InvalidRequest"],
    ["two wildcards", [{ AllowedOrigins: ["https://*.*"], AllowedMethods: ["GET"] }], "400 InvalidRequest"],
    ["no origin", [{ AllowedOrigins: [], AllowedMethods: ["GET"] }], "400 MalformedXML"],
    ["no rule", [], "400 MalformedXML"],
  ])("is refused with %s", async (_title, CORSRules, expected) => {
    const command = new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules } });
    expect(await refusal(s3.send(command))).toBe(expected);
  });

  describe("with rules", () => {
    beforeAll(async () => {
      await s3.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules: rules } }));
    });

    it("answers a browser's preflight without credentials", async () => {
      const response = await preflight("PUT", "Content-Type, x-amz-checksum-sha256");
      expect([response.status, Object.fromEntries(response.headers)]).toEqual([
        200,
        expect.objectContaining({
          "access-control-allow-origin": origin,
          "access-control-allow-methods": "PUT, GET",
          "access-control-allow-headers": "content-type, x-amz-checksum-sha256",
          "access-control-expose-headers": "ETag, x-amz-request-id",
          "access-control-max-age": "600",
          "access-control-allow-credentials": "true",
          vary: expect.stringContaining("Origin") as string,
        }),
      ]);
    });

    it.each([
      ["another method", "DELETE", "", origin],
      ["another header", "PUT", "authorization", origin],
      ["another origin", "PUT", "", "https://example.org"],
    ])("refuses a preflight for %s", async (_title, method, headers, from) => {
      const response = await preflight(method, headers, from);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect(await fetchRefusal(response)).toBe("403 AccessForbidden");
    });

    it("lets pages read answers and refusals alike", async () => {
      const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key: "from-a-page" }));
      const done = await fetch(url, { method: "PUT", body: "x", headers: { origin } });
      const refused = await fetch(`${url}0`, { method: "PUT", body: "x", headers: { origin } });
      expect([done.status, refused.status]).toEqual([200, 403]);
      for (const response of [done, refused]) {
        expect(response.headers.get("access-control-allow-origin")).toBe(origin);
        expect(response.headers.get("access-control-expose-headers")).toBe("ETag, x-amz-request-id");
      }
    });

    it("says nothing to an origin without a rule, and a star to anybody under one", async () => {
      const from = { origin: "https://example.org" };
      const put = await fetch(`${store.url}/${BUCKET}/x`, { method: "PUT", headers: from });
      expect(put.headers.get("access-control-allow-origin")).toBeNull();
      const get = await fetch(`${store.url}/${BUCKET}/brand`, { headers: from });
      expect(get.headers.get("access-control-allow-origin")).toBe("*");
      expect(get.headers.get("access-control-allow-credentials")).toBeNull();
    });
  });
});
