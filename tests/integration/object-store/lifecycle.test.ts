import { createHash } from "node:crypto";
import {
  CreateMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
  type LifecycleRule,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { sha256, signHeaders } from "./sigv4.ts";
import { BUCKET, contentFiles, createClient, fetchRefusal, refusal, startTestStore, temporaryDirectory } from "./test-store.ts";

const DAY_MS = 86_400_000;
const Bucket = BUCKET;

async function withRules(
  Rules: LifecycleRule[],
): Promise<{ dir: string; store: Awaited<ReturnType<typeof startTestStore>>; s3: ReturnType<typeof createClient> }> {
  const dir = temporaryDirectory();
  const store = await startTestStore({ dir });
  const s3 = createClient(store.url);
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  return { dir, store, s3 };
}

describe("a lifecycle configuration", () => {
  const rules: LifecycleRule[] = [
    { ID: "tmp", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
    { ID: "all", Status: "Disabled", Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    { ID: "tag", Status: "Enabled", Filter: { Tag: { Key: "a", Value: "b" } }, Transitions: [{ Days: 30, StorageClass: "GLACIER_IR" }] },
    {
      ID: "and",
      Status: "Enabled",
      Filter: {
        And: {
          Prefix: "x",
          Tags: [
            { Key: "a", Value: "b" },
            { Key: "c", Value: "d" },
          ],
        },
      },
      Expiration: { Date: new Date("2030-01-01") },
    },
  ];

  it("is kept, read back as it was set, and removed", async () => {
    const { s3 } = await withRules(rules);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(rules);
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
    expect(await refusal(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).toBe("404 NoSuchLifecycleConfiguration");
  });

  it("may name its prefix in the older way", async () => {
    const { store, s3 } = await withRules(rules);
    const body =
      "<LifecycleConfiguration><Rule><ID>old</ID><Prefix>x/</Prefix><Status>Enabled</Status><Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>";
    const url = new URL(`${store.url}/${Bucket}?lifecycle`);
    const digest = createHash("md5").update(body).digest("base64");
    const { headers } = signHeaders("PUT", url, { "content-md5": digest }, { payload: sha256(body) });
    expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules).toEqual([{ ID: "old", Prefix: "x/", Status: "Enabled", Expiration: { Days: 3 } }]);
    const bare = signHeaders("PUT", url, {}, { payload: sha256(body) });
    expect(await fetchRefusal(await fetch(url, { method: "PUT", headers: bare.headers, body }))).toBe("400 InvalidRequest");
  });

  it.each<[string, LifecycleRule[], string]>([
    ["no action", [{ Status: "Enabled", Filter: {} }], "400 InvalidRequest"],
    ["one name twice", [rules[0], rules[0]].flatMap((rule) => (rule ? [rule] : [])), "400 InvalidArgument"],
    ["zero days", [{ Status: "Enabled", Filter: {}, Expiration: { Days: 0 } }], "400 MalformedXML"],
    [
      "an action that the store doesn't know",
      [{ Status: "Enabled", Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
      "400 MalformedXML",
    ],
    [
      "an abort by tag",
      [{ Status: "Enabled", Filter: { Tag: { Key: "a", Value: "b" } }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
      "400 InvalidRequest",
    ],
  ])("is refused with %s", async (_title, wrong, expected) => {
    const s3 = createClient((await startTestStore()).url);
    expect(await refusal(s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: wrong } })))).toBe(
      expected,
    );
  });
});

describe("when the clock moves ahead", () => {
  it("objects under the prefix expire at the midnight after their days, and their files go", async () => {
    const { dir, store, s3 } = await withRules([{ Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 2 } }]);
    for (const Key of ["tmp/a", "tmp/b", "kept"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    expect(await store.advance(2 * DAY_MS - 60_000)).toEqual({ expired: 0, transitioned: 0, aborted: 0 });
    expect(await store.advance(DAY_MS + 60_000)).toEqual({ expired: 2, transitioned: 0, aborted: 0 });
    const client = createClient(store.url);
    client.config.systemClockOffset = store.clock.now() - Date.now();
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(["kept"]);
    expect(contentFiles(dir)).toHaveLength(1);
  });

  it("uploads that nobody finished are aborted with their parts", async () => {
    const { dir, store, s3 } = await withRules([
      { Status: "Enabled", Filter: { Prefix: "o/" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
    for (const Key of ["o/1", "p/1"]) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "part" }));
    }
    expect((await store.advance(8 * DAY_MS)).aborted).toBe(1);
    const client = createClient(store.url);
    client.config.systemClockOffset = store.clock.now() - Date.now();
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key)).toEqual(["p/1"]);
    expect(contentFiles(dir)).toHaveLength(1);
  });

  it("tagged objects move to the colder class, and disabled rules do nothing", async () => {
    const { store, s3 } = await withRules([
      {
        Status: "Enabled",
        Filter: { Tag: { Key: "archive", Value: "yes" } },
        Transitions: [
          { Days: 30, StorageClass: "STANDARD_IA" },
          { Days: 90, StorageClass: "GLACIER" },
        ],
      },
      { ID: "off", Status: "Disabled", Filter: {}, Expiration: { Days: 1 } },
    ]);
    await s3.send(new PutObjectCommand({ Bucket, Key: "old", Body: "x", Tagging: "archive=yes" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "new", Body: "x" }));
    expect(await store.advance(31 * DAY_MS)).toEqual({ expired: 0, transitioned: 1, aborted: 0 });
    expect(await store.advance(60 * DAY_MS)).toEqual({ expired: 0, transitioned: 1, aborted: 0 });
    expect(await store.advance(DAY_MS)).toEqual({ expired: 0, transitioned: 0, aborted: 0 });
    const client = createClient(store.url);
    client.config.systemClockOffset = store.clock.now() - Date.now();
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: "old" }))).StorageClass).toBe("GLACIER");
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: "new" }))).StorageClass).toBeUndefined();
  });

  it("the SDK follows it by the Date of the answers, as it would on S3", async () => {
    const store = await startTestStore();
    const s3 = createClient(store.url);
    await store.advance(3 * DAY_MS);
    expect(await refusal(s3.send(new ListObjectsV2Command({ Bucket })))).toBe("403 RequestTimeTooSkewed");
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it("it never moves back", async () => {
    const store = await startTestStore();
    await expect(async () => store.advance(-1)).rejects.toThrow(RangeError);
  });
});
