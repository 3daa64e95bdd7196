import { expect, test } from "vitest";
import { findSharedBucket, type StoreSettings } from "@/lib/core/environment-safety";
import { parseStoreAddress } from "@/lib/core/store-address";

test("a bucket's address is read from one line, with what is percent-encoded in key and secret", () => {
  expect(parseStoreAddress("https://id%40team:se%2Fcr%2Bet%3A@abc.r2.cloudflarestorage.com/media?name=r2")).toEqual({
    name: "r2",
    endpoint: "https://abc.r2.cloudflarestorage.com",
    region: "auto",
    bucket: "media",
    accessKeyId: "id@team",
    secretAccessKey: "se/cr+et:",
    forcePathStyle: false,
    publicUrl: null,
  });
});

test("region, path style and the public address are told where they are needed", () => {
  const line = "http://id:secret@127.0.0.1:9000/media/?name=local-2&region=eu-central-1&path-style=true&public=https://media.example/";
  expect(parseStoreAddress(line)).toMatchObject({
    endpoint: "http://127.0.0.1:9000",
    region: "eu-central-1",
    bucket: "media",
    forcePathStyle: true,
    publicUrl: "https://media.example",
  });
});

test.each([
  ["not an address", "is no address"],
  ["ftp://id:hidden-word@host/media?name=a", "must begin with https"],
  ["https://host/media?name=a", "lacks the key id and secret"],
  ["https://id:hidden-word@host/?name=a", "must have the bucket"],
  ["https://id:hidden-word@host/media/folder?name=a", "must have the bucket"],
  ["https://id:hidden-word@host/media", "lacks ?name="],
  ["https://id:hidden-word@host/media?name=Main Store", "lacks ?name="],
  ["https://id:hidden-word%@host/media?name=a", "has a % that is not percent-encoded"],
  ["https://id:hidden-word@host/media?name=a&public=media.example", "public= is no address"],
])("%j is refused in a sentence without the secret", (line, sentence) => {
  expect(() => parseStoreAddress(line)).toThrow(sentence);
  expect(() => parseStoreAddress(line)).not.toThrow("hidden-word");
});

test.each<[string, Record<string, string>, string | null]>([
  ["four buckets", { ARCHIVE: "host/cold", REPLICA: "elsewhere/media", OTHER: "elsewhere/cold" }, null],
  ["the main bucket again", { ARCHIVE: "HOST/media" }, "ARCHIVE_STORE_URL"],
  ["the main bucket by its own host name", { REPLICA: "media.host/media" }, "REPLICA_STORE_URL"],
  ["one bucket for two uses", { REPLICA: "elsewhere/copy", OTHER: "elsewhere:443/copy" }, "OTHER_STORE_URL"],
])("%s: a bucket that two settings name is found, since what one of them deletes is all there is", (_what, lines, found) => {
  const settings: StoreSettings = {};
  for (const [index, use] of (["ARCHIVE", "REPLICA", "OTHER"] as const).entries()) {
    if (lines[use]) settings[`${use}_STORE_URL`] = parseStoreAddress(`https://id:secret@${lines[use]}?name=n${index}`);
  }
  expect(findSharedBucket({ endpoint: "https://host", bucket: "media" }, settings)).toBe(found);
});
