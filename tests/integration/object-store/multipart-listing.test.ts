import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { LAST, multipartSteps } from "./multipart-steps.ts";
import { BUCKET, createClient, startTestStore } from "./test-store.ts";

const store = await startTestStore({ buckets: [BUCKET, "uploads-only"] });
const s3 = createClient(store.url);
const { create, part } = multipartSteps(s3);

describe("listing parts", () => {
  it("pages by number", async () => {
    const id = await create("listed");
    for (const number of [7, 1, 300, 2]) await part("listed", id, number, LAST);
    const numbers: (number | undefined)[] = [];
    let marker: string | undefined;
    let pages = 0;
    for (let more = true; more; pages += 1) {
      const command = new ListPartsCommand({ Bucket: BUCKET, Key: "listed", UploadId: id, MaxParts: 3, PartNumberMarker: marker });
      const page = await s3.send(command);
      numbers.push(...(page.Parts ?? []).map(({ PartNumber }) => PartNumber));
      marker = page.NextPartNumberMarker;
      more = page.IsTruncated ?? false;
    }
    expect([numbers, pages]).toEqual([[1, 2, 7, 300], 2]);
  });
});

describe("listing uploads", () => {
  const Bucket = "uploads-only";
  const ids = new Map<string, string>();

  beforeAll(async () => {
    for (const name of ["b/2", "a#1", "a#2", "c", "b/1", "a#3"]) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: name.split("#")[0] }));
      ids.set(name, UploadId ?? "");
      // Ids are in order of time, and time is the store's.
      store.clock.advance(1);
    }
  });

  it.each([1, 2, 3, 1000])("pages by key, then by time, %i at a time", async (MaxUploads) => {
    const found: (string | undefined)[] = [];
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (let more = true; more;) {
      const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads, ...markers }));
      found.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      more = page.IsTruncated ?? false;
    }
    expect(found).toEqual(["a#1", "a#2", "a#3", "b/1", "b/2", "c"].map((name) => ids.get(name)));
  });

  it.each([1, 2, 1000])("rolls up what a delimiter parts, %i at a time", async (MaxUploads) => {
    const found: (string | undefined)[] = [];
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (let more = true; more;) {
      const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads, Delimiter: "/", ...markers }));
      found.push(...(page.Uploads ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      more = page.IsTruncated ?? false;
    }
    expect(found.toSorted()).toEqual(["a", "a", "a", "b/", "c"]);
  });

  it("keeps to a prefix", async () => {
    const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "b/" }));
    expect(page.Uploads?.map(({ Key }) => Key)).toEqual(["b/1", "b/2"]);
  });
});
