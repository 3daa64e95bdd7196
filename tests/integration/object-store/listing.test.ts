import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { ObjectIndex } from "../../../scripts/local/object-store/index/object-index.ts";
import { BUCKET, createClient, refusal, startTestStore, temporaryDirectory } from "./test-store.ts";

const store = await startTestStore({ buckets: [BUCKET, "other-bucket"] });
const s3 = createClient(store.url);

// U+FF5E sorts before U+1F600 by bytes and after it by UTF-16 units.
const KEYS = [
  "a",
  "a/",
  "a/b",
  "a/b/c",
  "a0",
  "b//x",
  "b/1",
  "b/2/3",
  "b/2/4",
  "c d+e",
  "photos/2025/x.jpg",
  "photos/2026/a.jpg",
  "photos/2026/b.jpg",
  "photos/index",
  "z%",
  "é",
  "～",
  "😀",
];

function byBytes(keys: readonly string[]): string[] {
  return [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

beforeAll(async () => {
  await Promise.all(KEYS.map((Key) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }))));
  await s3.send(new PutObjectCommand({ Bucket: "other-bucket", Key: "foreign", Body: "x" }));
});

interface Listing {
  readonly keys: string[];
  readonly prefixes: string[];
  readonly pages: number;
}

/** Every page of a listing, following its tokens. */
async function listAll(client: typeof s3, input: Partial<ListObjectsV2CommandInput> = {}): Promise<Listing> {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let [pages, token]: [number, string | undefined] = [0, undefined];
  do {
    const page: ListObjectsV2CommandOutput = await client.send(
      new ListObjectsV2Command({ Bucket: BUCKET, ...input, ContinuationToken: token }),
    );
    const [found, rolled] = [page.Contents ?? [], page.CommonPrefixes ?? []];
    expect(page.KeyCount).toBe(found.length + rolled.length);
    expect(page.KeyCount).toBeLessThanOrEqual(input.MaxKeys ?? 1000);
    expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
    keys.push(...found.map(({ Key }) => Key ?? ""));
    prefixes.push(...rolled.map(({ Prefix }) => Prefix ?? ""));
    token = page.NextContinuationToken;
    pages += 1;
  } while (token !== undefined);
  return { keys, prefixes, pages };
}

/** What S3's documents say a listing holds, computed from the keys alone. */
function model({ Prefix = "", Delimiter = "", StartAfter = "" }: Partial<ListObjectsV2CommandInput>): Omit<Listing, "pages"> {
  const [keys, prefixes] = [[] as string[], new Set<string>()];
  for (const key of byBytes(KEYS)) {
    if (!key.startsWith(Prefix) || (StartAfter !== "" && Buffer.compare(Buffer.from(key), Buffer.from(StartAfter)) <= 0)) continue;
    const at = Delimiter === "" ? -1 : key.indexOf(Delimiter, Prefix.length);
    if (at < 0) keys.push(key);
    else prefixes.add(key.slice(0, at + Delimiter.length));
  }
  return { keys, prefixes: [...prefixes] };
}

describe("a listing", () => {
  it("is in the order of the keys' bytes, and of one bucket only", async () => {
    expect((await listAll(s3)).keys).toEqual(byBytes(KEYS));
    expect(byBytes(KEYS)).not.toEqual([...KEYS].sort());
  });

  const inputs: Partial<ListObjectsV2CommandInput>[] = [
    { Prefix: "a" },
    { Prefix: "a/" },
    { Prefix: "😀" },
    { Prefix: "nothing" },
    { Delimiter: "/" },
    { Prefix: "photos/", Delimiter: "/" },
    { Prefix: "b/", Delimiter: "/" },
    { Delimiter: "2026/" },
    { StartAfter: "a/b" },
    { StartAfter: "a/", Prefix: "a/" },
    { StartAfter: "b/2", Delimiter: "/" },
    { StartAfter: "photos/2025/x.jpg", Prefix: "photos/", Delimiter: "/" },
    { StartAfter: "zzz" },
    { StartAfter: "Z", Prefix: "photos/" },
  ];

  it.each(inputs.flatMap((input) => [1, 2, 3, 1000].map((MaxKeys) => ({ ...input, MaxKeys }))))(
    "agrees with the document for %j",
    async (input) => {
      const { keys, prefixes, pages } = await listAll(s3, input);
      const expected = model(input);
      expect({ keys, prefixes }).toEqual(expected);
      expect(pages).toBe(Math.max(1, Math.ceil((expected.keys.length + expected.prefixes.length) / input.MaxKeys)));
    },
  );

  it("tells size, ETag, time and storage class", async () => {
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "c d+e", FetchOwner: true }));
    expect(Contents).toEqual([
      expect.objectContaining({
        Key: "c d+e",
        Size: 5,
        StorageClass: "STANDARD",
        ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
        Owner: expect.anything() as object,
      }),
    ]);
  });

  it("can encode its keys", async () => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "c d", EncodingType: "url" }));
    expect([page.Prefix, page.Contents?.[0]?.Key]).toEqual(["c%20d", "c%20d%2Be"]);
  });

  it("of no keys is empty and whole", async () => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 0 }));
    expect([page.KeyCount, page.IsTruncated]).toEqual([0, false]);
  });

  it.each([
    [{ MaxKeys: -1 }, "400 InvalidArgument"],
    [{ ContinuationToken: "made up!" }, "400 InvalidArgument"],
    [{ Bucket: "no-such-bucket" }, "404 NoSuchBucket"],
  ])("with %j is refused", async (input, expected) => {
    expect(await refusal(s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ...input })))).toBe(expected);
  });

  it("goes on where it was, whatever was written or deleted meanwhile", async () => {
    const first = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 2 }));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "A", Body: "earlier" }));
    const second = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 2, ContinuationToken: first.NextContinuationToken }));
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "A" }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(["a/b", "a/b/c"]);
  });
});

describe("a large bucket", () => {
  it("is paged a thousand keys at a time, and its folders are skipped over unread", async () => {
    const dir = temporaryDirectory();
    const index = new ObjectIndex(`${dir}/index.sqlite`);
    index.buckets.create(BUCKET, Date.now());
    const names = Array.from({ length: 12_345 }, (_, number) => `folder-${number % 3}/object-${String(number).padStart(6, "0")}`);
    index.transact(() => {
      for (const key of names) {
        const attributes = { headers: {}, metadata: {}, tags: [], checksums: {} };
        index.objects.write({
          bucket: BUCKET,
          key,
          body: "0",
          parts: 0,
          size: 1,
          etag: "0",
          modified: 0,
          storageClass: "STANDARD",
          ...attributes,
        });
      }
    });
    index.close();
    const client = createClient((await startTestStore({ dir })).url);
    const listing = await listAll(client);
    expect([listing.keys.length, listing.pages]).toEqual([12_345, 13]);
    expect(listing.keys).toEqual(byBytes(names));
    expect((await listAll(client, { Delimiter: "/" })).prefixes).toEqual(["folder-0/", "folder-1/", "folder-2/"]);
  });
});
