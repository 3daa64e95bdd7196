import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, expect, it, vi } from "vitest";

const SECRET = "the-secret-of-the-rule";

// A network in front of the bucket, as its rule sees a request: the token says whether the object is fetched.
const network = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://network");
  const [, time = "", mac] = /^(\d+)-(.*)$/.exec(searchParams.get("verify") ?? "") ?? [];
  const expected = createHmac("sha256", SECRET)
    .update(pathname + time)
    .digest("base64");
  response.writeHead(mac === expected ? 200 : 403, { "content-type": "text/plain" }).end(pathname);
});
await new Promise<void>((resolve) => network.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
Object.assign(process.env, { MEDIA_CDN_URL: `${base}/`, MEDIA_CDN_SIGNING: "cloudflare", MEDIA_CDN_KEY: SECRET });
// The settings were read before.
vi.resetModules();

const { S3 } = await import("@/lib/S3Client");
const { signMediaUrl } = await import("@/lib/services/delivery-service");
const { createMediaFile, createOrganization } = await import("../../support/factories");

afterAll(() => network.close());

it("gives videos out through the network, signed for at most four hours", async () => {
  const video = await createMediaFile(await createOrganization());
  const { url, expiresAt } = await signMediaUrl(video, { expiresInSeconds: 24 * 60 * 60 });
  expect(url.startsWith(`${base}/organizations/`)).toBe(true);
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, `/${video.fileKey}`]);
  expect((await fetch(url.replace(video.id, "another"))).status).toBe(403);
  expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(4 * 60 * 60_000);
});

it("gives downloads, and what needs another type than it is stored with, from the bucket itself", async () => {
  const organization = await createOrganization();
  const video = await createMediaFile(organization, { declaredType: "video/quicktime", verifiedType: "video/quicktime" });
  const Bucket = process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;
  await S3.send(new PutObjectCommand({ Bucket, Key: video.fileKey, Body: Buffer.from("film") }));
  for (const [download, type] of [
    [true, "attachment"],
    [false, "inline"],
  ] as const) {
    const { url } = await signMediaUrl(video, { expiresInSeconds: 60, download });
    expect(url.startsWith(base)).toBe(false);
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "video/mp4"]);
    expect(answer.headers.get("content-disposition")).toContain(type);
  }
});
