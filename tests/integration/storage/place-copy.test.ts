import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { headObject, listBegunUploads } from "@/lib/clients/bucket";
import { listParts } from "@/lib/clients/multipart-store";
import { findObject, putObject, readObject } from "@/lib/clients/object-store";
import { copyBetween, CopyMismatch, type CopyTarget } from "@/lib/clients/place-copy";
import { mainPlace } from "@/lib/clients/store-place";
import { compositeSha256 } from "@/lib/core/composite-checksum";
import { store } from "../../support/local-stack";
import { sha256Of } from "../../support/uploads";
import { keysIn, other, PART, startMoves } from "./move-steps";

const KEY = "organizations/a/private/video/x.mp4";
const large = randomBytes(2 * PART + 1_000);
const sums = [large.subarray(0, PART), large.subarray(PART, 2 * PART), large.subarray(2 * PART)].map(sha256Of);
const inParts = { key: KEY, partBytes: PART, checksum: compositeSha256(sums) };

beforeEach(startMoves);

async function stored(body: Uint8Array) {
  await putObject(KEY, body, { contentType: "video/mp4", cacheControl: "public" });
  const object = await headObject(KEY);
  if (!object) throw new Error("The object is not there.");
  return object;
}

const copy = async (body: Uint8Array, target: CopyTarget) => copyBetween(mainPlace, await stored(body), other, target);

describe("a copy into another bucket", () => {
  test.each([
    ["nothing", Buffer.alloc(0), { key: KEY, partBytes: null, checksum: sha256Of(Buffer.alloc(0)) }],
    ["a whole object", large, { key: KEY, partBytes: null, checksum: sha256Of(large) }],
    ["one part", large.subarray(0, PART), { key: KEY, partBytes: PART, checksum: compositeSha256(sums.slice(0, 1)) }],
    ["several parts", large, inParts],
  ])("of %s has the bytes, the headers and the sum, and costs its bytes once", async (_name, body, target) => {
    const paced: number[] = [];
    const made = await copy(body, { ...target, pace: async (bytes) => void paced.push(bytes) });
    const there = await findObject(KEY, other);
    expect(there).toMatchObject({ bytes: body.length, contentType: "video/mp4", cacheControl: "public", sha256: made?.checksum });
    const bytes = body.length > 0 ? await readObject(KEY, { start: 0, end: body.length }, other) : Buffer.alloc(0);
    expect(Buffer.from(bytes).equals(body)).toBe(true);
    expect(paced.reduce((sum, each) => sum + each, 0)).toBe(body.length);
    expect((await listBegunUploads(null, other)).uploads).toEqual([]);
  });

  test("goes on with the parts that have arrived, and reads the others only", async () => {
    const source = await stored(large);
    store.onRequest = async ({ operation, query }) => {
      if (operation !== "UploadPart" || query.get("partNumber") !== "3") return undefined;
      await vi.waitFor(async () => expect(await listParts(KEY, query.get("uploadId") ?? "", other)).toHaveLength(2), { timeout: 10_000 });
      return { kind: "error", status: 500, code: "InternalError" };
    };
    await expect(copyBetween(mainPlace, source, other, inParts)).rejects.toThrow("can't be reached");
    store.onRequest = undefined;
    const paced: number[] = [];
    await copyBetween(mainPlace, source, other, { ...inParts, pace: async (bytes) => void paced.push(bytes) });
    expect(paced).toEqual([1_000]);
    expect(await findObject(KEY, other)).toMatchObject({ sha256: inParts.checksum });
  });

  test("that was made before is found by its sum, and not made again", async () => {
    await copy(large, inParts);
    const before = await headObject(KEY, other);
    store.traffic.reset();
    expect(await copy(large, inParts)).toEqual({ etag: before?.etag, checksum: inParts.checksum });
    expect(store.traffic.of("GetObject").requests).toBe(0);
  });

  test.each([
    ["whole", { key: KEY, partBytes: null, checksum: sha256Of(Buffer.from("another")) }],
    ["in parts", { ...inParts, checksum: compositeSha256(sums.toReversed()) }],
  ])("%s of bytes that the ledger does not know is refused and leaves nothing", async (_name, target) => {
    await expect(copy(large, target)).rejects.toThrow(CopyMismatch);
    expect(await keysIn(other)).toEqual([]);
    expect((await listBegunUploads(null, other)).uploads).toEqual([]);
  });

  test("takes the place of something else, unless that is to be refused", async () => {
    await putObject(KEY, Buffer.from("something else"), { contentType: undefined }, other);
    await expect(copy(large, { ...inParts, refusesOther: true })).rejects.toThrow("something else lies there");
    expect(await headObject(KEY, other)).toMatchObject({ bytes: 14 });
    await copy(large, inParts);
    expect(await findObject(KEY, other)).toMatchObject({ sha256: inParts.checksum });
  });

  test("of an object that is gone, or another by now, is none", async () => {
    const source = await stored(large);
    expect(await copyBetween(mainPlace, { ...source, key: "never" }, other, inParts)).toBeNull();
    await stored(randomBytes(10));
    expect(await copyBetween(mainPlace, source, other, inParts)).toBeNull();
    expect(await keysIn(other)).toEqual([]);
  });
});
