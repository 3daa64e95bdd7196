import { describe, expect, test } from "vitest";
import { writeCors } from "@/lib/clients/bucket-settings";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  presignPart,
} from "@/lib/clients/multipart-store";
import { findObject, putObject, readObject, type PresignedPut } from "@/lib/clients/object-store";
import { mainPlace } from "@/lib/clients/store-place";
import { browserRule } from "@/lib/core/bucket-rules";
import { embedded } from "./endpoint";
import { EXPIRES, newKey, put, sha256Of, signPut, skipped, where } from "./place";

// The smallest part that may come before another (Amazon S3 User Guide, "Amazon S3 multipart upload limits").
const first = Buffer.alloc(5 * 1024 ** 2, "a part ");
const last = Buffer.from("the end");
const TYPE = "video/mp4";

function sign(key: string, multipartId: string, partNumber: number, part: Uint8Array): Promise<PresignedPut> {
  return presignPart({ key, multipartId, partNumber, bytes: part.length, sha256: sha256Of(part), expiresInSeconds: EXPIRES });
}

async function sendBoth(key: string): Promise<string> {
  const id = await createMultipartUpload(key, { contentType: TYPE });
  expect(await put(await sign(key, id, 1, first), first)).toBe(200);
  expect(await put(await sign(key, id, 2, last), last)).toBe(200);
  return id;
}

const partsOf = async (key: string, id: string) => (await listParts(key, id)) ?? expect.fail("The upload is not there.");

const ifPartsHaveSums = await where("SHA-256 of parts", "this endpoint does not list it", async () => {
  const key = newKey("sums");
  const id = await createMultipartUpload(key, { contentType: TYPE });
  await put(await sign(key, id, 1, last), last);
  return (await listParts(key, id))?.[0]?.sha256 === sha256Of(last);
});
const ifItKeepsWhatIsThere = await where("If-None-Match on CompleteMultipartUpload", "this endpoint ignores it", async () => {
  const key = newKey("twice");
  await putObject(key, last, { contentType: TYPE });
  const id = await createMultipartUpload(key, { contentType: TYPE });
  await put(await sign(key, id, 1, first), first);
  return !(await completeMultipartUpload(key, id, await partsOf(key, id)));
});

describe("a multipart upload", () => {
  test("becomes one object, and stays it when it is completed again", async () => {
    const key = newKey("film.mp4");
    const id = await sendBoth(key);
    const parts = await partsOf(key, id);
    expect(parts.map(({ partNumber, bytes }) => [partNumber, bytes])).toEqual([
      [1, first.length],
      [2, last.length],
    ]);
    expect(await findObject(key)).toBeNull();
    expect(await completeMultipartUpload(key, id, parts)).toBe(true);
    const done = await findObject(key);
    expect(done).toMatchObject({ bytes: first.length + last.length, contentType: TYPE });
    // Amazon answers the second time as it did the first, others that there is no such upload.
    expect(typeof (await completeMultipartUpload(key, id, parts))).toBe("boolean");
    expect(await findObject(key)).toEqual(done);
    const [start, end] = [first.length - 2, first.length + last.length];
    expect(Buffer.from(await readObject(key, { start, end }))).toEqual(Buffer.concat([first.subarray(-2), last]));
  });

  ifPartsHaveSums("lists the sums of its parts, and its object has the sum of these", async () => {
    const key = newKey("sums");
    const id = await sendBoth(key);
    const parts = await partsOf(key, id);
    expect(parts.map(({ sha256 }) => sha256)).toEqual([sha256Of(first), sha256Of(last)]);
    await completeMultipartUpload(key, id, parts);
    const composite = sha256Of(...[first, last].map((part) => Buffer.from(sha256Of(part), "base64")));
    expect((await findObject(key))?.sha256).toBe(`${composite}-2`);
  });

  ifPartsHaveSums("refuses a part of other bytes or another length", async () => {
    const key = newKey("lie");
    const id = await createMultipartUpload(key, { contentType: TYPE });
    expect(await put(await sign(key, id, 1, last), Buffer.from("The End"))).toBe(400);
    expect(await put(await sign(key, id, 1, last), Buffer.from("the"))).toBe(403);
    expect(await listParts(key, id)).toEqual([]);
  });

  ifItKeepsWhatIsThere("does not overwrite what is there", async () => {
    const key = newKey("once");
    const id = await sendBoth(key);
    await putObject(key, last, { contentType: TYPE });
    expect(await completeMultipartUpload(key, id, await partsOf(key, id))).toBe(false);
    expect(await findObject(key)).toMatchObject({ bytes: last.length });
  });

  test("is found by its key until it is given up, which may be done twice", async () => {
    const key = newKey("given-up");
    const neighbour = `${key}-and-more`;
    const [id, another] = [
      await createMultipartUpload(key, { contentType: TYPE }),
      await createMultipartUpload(neighbour, { contentType: TYPE }),
    ];
    expect(await listMultipartUploads(key)).toEqual([id]);
    const signed = await sign(key, id, 1, last);
    await abortMultipartUpload(key, id);
    await abortMultipartUpload(key, id);
    await abortMultipartUpload(neighbour, another);
    expect(await listMultipartUploads(key)).toEqual([]);
    expect(await listParts(key, id)).toBeNull();
    expect(await put(signed, last)).toBe(404);
  });

  const ifRequestsAreFree = embedded ? test : skipped("ListParts beyond 1,000", "1,001 requests; the embedded store's run has them");
  ifRequestsAreFree("lists more than a thousand parts", async () => {
    const key = newKey("many");
    const id = await createMultipartUpload(key, { contentType: TYPE });
    for (let partNumber = 1; partNumber <= 1001; partNumber += 1) await put(await sign(key, id, partNumber, last), last);
    const numbers = (await partsOf(key, id)).map(({ partNumber }) => partNumber);
    expect(numbers).toEqual(Array.from({ length: 1001 }, (_, index) => index + 1));
  });
});

describe("a page of another origin", async () => {
  const ORIGIN = "https://academy.example";
  const preflight = async (): Promise<Response> => {
    const { url, headers } = await signPut(newKey("from-a-page"), last);
    const asked = {
      origin: ORIGIN,
      "access-control-request-method": "PUT",
      "access-control-request-headers": Object.keys(headers).join(","),
    };
    return fetch(url, { method: "OPTIONS", headers: asked });
  };
  // A real bucket's own rules are not changed by a test.
  if (embedded) await writeCors(mainPlace, [browserRule]);
  const ifOpen = await where(
    "CORS",
    "this bucket answers no preflight; node scripts/load-env-and-run-cors.mjs opens it",
    async () => (await preflight()).ok,
  );

  ifOpen("may send what it has an address for, and read the answer's ETag", async () => {
    const allowed = (await preflight()).headers;
    expect([ORIGIN, "*"]).toContain(allowed.get("access-control-allow-origin"));
    expect(allowed.get("access-control-allow-methods")).toContain("PUT");
    const signed = await signPut(newKey("from-a-page"), last);
    const answer = await fetch(signed.url, { method: "PUT", headers: { ...signed.headers, origin: ORIGIN }, body: last });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-expose-headers")?.toLowerCase()).toContain("etag");
  });
});
