import { describe, expect, test } from "vitest";
import { deleteObject, findObject, presignGet, putObject, readObject } from "@/lib/clients/object-store";
import { constructUrl } from "@/lib/core/public-url";
import { hasPublicAddress } from "./endpoint";
import { EXPIRES, newKey, put, sha256Of, signPut, skipped, where } from "./place";

const body = Buffer.from("The first bytes of an object, and some more.");
const other = Buffer.from("Other bytes, but just as many as the first..");

const ifItKeepsWhatIsThere = await where("If-None-Match on PUT", "this endpoint ignores it", async () => {
  const signed = await signPut(newKey("twice"), body);
  await put(signed, body);
  return (await put(signed, body)) >= 400;
});
const ifItVerifies = await where("SHA-256 of a PUT", "this endpoint does not verify it", async () => {
  return (await put(await signPut(newKey("lie"), body), other)) >= 400;
});
const ifItTellsSums = await where("the checksum in HEAD", "this endpoint does not tell it", async () => {
  const key = newKey("sum");
  await put(await signPut(key, body), body);
  return (await findObject(key))?.sha256 !== null;
});

describe("an address for one PUT", () => {
  test("takes what it was signed for", async () => {
    const key = newKey("Größe 1, 日本.txt");
    expect(await put(await signPut(key, body), body)).toBe(200);
    expect(await findObject(key)).toMatchObject({ bytes: body.length, contentType: "text/plain" });
  });

  test("refuses another length", async () => {
    const key = newKey("longer");
    expect(await put(await signPut(key, body), Buffer.concat([body, body]))).toBe(403);
    expect(await findObject(key)).toBeNull();
  });

  test.each([
    ["type", { "content-type": "text/html" }],
    ["checksum", { "x-amz-checksum-sha256": sha256Of(other) }],
  ])("refuses another %s", async (_name, changed) => {
    const key = newKey("changed");
    expect(await put(await signPut(key, body), "x-amz-checksum-sha256" in changed ? other : body, changed)).toBe(403);
    expect(await findObject(key)).toBeNull();
  });

  test("refuses another key", async () => {
    const [key, elsewhere] = [newKey("here"), newKey("elsewhere")];
    const { url, headers } = await signPut(key, body);
    const moved = new URL(url);
    moved.pathname = moved.pathname.replace(key, elsewhere);
    expect(await put({ url: moved.href, headers }, body)).toBe(403);
  });

  ifItVerifies("refuses other bytes of the same length", async () => {
    const key = newKey("lie");
    expect(await put(await signPut(key, body), other)).toBe(400);
    expect(await findObject(key)).toBeNull();
  });

  ifItKeepsWhatIsThere("does not overwrite what is there", async () => {
    const key = newKey("once");
    expect(await put(await signPut(key, body), body)).toBe(200);
    expect(await put(await signPut(key, other), other)).toBe(412);
    expect(Buffer.from(await readObject(key, { start: 0, end: body.length }))).toEqual(body);
  });
});

describe("an object", () => {
  ifItTellsSums("is told with the SHA-256 that was verified", async () => {
    const key = newKey("sum");
    await put(await signPut(key, body), body);
    expect(await findObject(key)).toMatchObject({ sha256: sha256Of(body) });
  });

  test("is read in ranges while it is still the same", async () => {
    const key = newKey("range");
    await putObject(key, body, { contentType: "text/plain" });
    const { etag } = (await findObject(key)) ?? expect.fail("The object is not there.");
    expect(Buffer.from(await readObject(key, { start: 4, end: 9, etag })).toString()).toBe("first");
    await putObject(key, other, { contentType: "text/plain" });
    await expect(readObject(key, { start: 4, end: 9, etag })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("is answered with the headers that its address was signed with", async () => {
    const key = newKey("notes.bin");
    await putObject(key, body, { contentType: "application/octet-stream" });
    const contentDisposition = `attachment; filename="notes.txt"`;
    const url = await presignGet({ key, contentType: "text/plain", contentDisposition, expiresInSeconds: EXPIRES });
    const answer = await fetch(url, { headers: { range: "bytes=0-2" } });
    expect([answer.status, await answer.text()]).toEqual([206, "The"]);
    expect(answer.headers.get("content-type")).toBe("text/plain");
    expect(answer.headers.get("content-disposition")).toBe(contentDisposition);
    const moved = new URL(url);
    moved.searchParams.set("response-content-type", "text/html");
    expect((await fetch(moved)).status).toBe(403);
  });

  test("is not there before it was put, and not after it was deleted, which may be done twice", async () => {
    const key = newKey("gone");
    expect(await findObject(key)).toBeNull();
    await putObject(key, body, { contentType: "text/plain" });
    await deleteObject(key);
    await deleteObject(key);
    expect(await findObject(key)).toBeNull();
  });
});

describe("who may read without a signature", () => {
  const ifPublic = hasPublicAddress ? test : skipped("reading public objects", "NEXT_PUBLIC_S3_PUBLIC_URL is not set");

  ifPublic("anybody, under the public prefix", async () => {
    const key = newKey("cover.webp", "public");
    await putObject(key, body, { contentType: "image/webp" });
    expect((await fetch(constructUrl(key))).status).toBe(200);
  });

  ifPublic("nobody, elsewhere", async () => {
    const key = newKey("lesson.mp4");
    await putObject(key, body, { contentType: "video/mp4" });
    expect([401, 403, 404]).toContain((await fetch(constructUrl(key))).status);
  });
});
