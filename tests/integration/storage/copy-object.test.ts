import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { headObject, listBegunUploads } from "@/lib/clients/bucket";
import { copyObject } from "@/lib/clients/bucket-copy";
import { findObject, putObject, readObject } from "@/lib/clients/object-store";
import { store } from "../../support/local-stack";

const MIB = 1024 ** 2;
const small = { whole: 8 * MIB, part: 5 * MIB };

async function stored(key: string, bytes: Buffer) {
  await putObject(key, bytes, { contentType: "video/mp4" });
  const object = await headObject(key);
  if (!object) throw new Error("The object is not there.");
  return object;
}

test.each([
  ["in one piece up to the limit", 8 * MIB, 1],
  ["in parts above it", 12 * MIB + 1, 3],
])("an object is copied %s, byte for byte and with its type", async (_name, bytes, copies) => {
  const body = randomBytes(bytes);
  const from = await stored(`copies/from ${bytes}+é.mp4`, body);
  store.traffic.reset();
  expect(await copyObject(from, `copies/to-${bytes}`, { limits: small })).not.toBeNull();
  expect(store.traffic.of("CopyObject").requests + store.traffic.of("UploadPartCopy").requests).toBe(copies);
  expect((await findObject(`copies/to-${bytes}`))?.contentType).toBe("video/mp4");
  expect(Buffer.from(await readObject(`copies/to-${bytes}`, { start: 0, end: bytes })).equals(body)).toBe(true);
});

test.each([MIB, 12 * MIB])("one of %i bytes that is gone, or another by now, is not copied and leaves nothing begun", async (bytes) => {
  const from = await stored("copies/changing", randomBytes(bytes));
  await stored("copies/changing", randomBytes(bytes));
  expect(await copyObject(from, "copies/nothing", { limits: small })).toBe(null);
  expect(await copyObject({ ...from, key: "copies/never" }, "copies/nothing", { limits: small })).toBe(null);
  expect(await findObject("copies/nothing")).toBeNull();
  expect((await listBegunUploads(null)).uploads).toEqual([]);
});

test("a copy in parts that the store breaks off is ended", async () => {
  const from = await stored("copies/broken", randomBytes(12 * MIB));
  store.onRequest = ({ operation, query }) =>
    operation === "UploadPartCopy" && query.get("partNumber") === "2" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined;
  await expect(copyObject(from, "copies/nothing", { limits: small })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  store.onRequest = undefined;
  expect((await listBegunUploads(null)).uploads).toEqual([]);
});
