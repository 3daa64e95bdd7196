import { createHmac, createVerify, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { CLOUDFLARE_LIFETIME, signCdnAddress } from "@/lib/clients/cdn-address";
import { findMissingCdnSetting } from "@/lib/core/environment-safety";

const url = new URL("https://media.example.com/organizations/north/private/video/1.mp4");
const expires = new Date("2026-11-22T12:00:00Z");

/** What a Cloudflare rule with is_timed_hmac_valid_v0(secret, http.request.uri, lifetime, now, 8) checks. */
function ruleAllows(address: string, secret: string, now: number): boolean {
  const { pathname, search } = new URL(address);
  const [, time = "", mac = ""] = /^\?verify=(\d{10})-(.+)$/.exec(search) ?? [];
  const expected = createHmac("sha256", secret)
    .update(pathname + time)
    .digest("base64");
  return decodeURIComponent(mac) === expected && now < Number(time) + CLOUDFLARE_LIFETIME;
}

test("a Cloudflare rule lets an address through until its end, and no other path or secret", () => {
  const address = signCdnAddress(url, { provider: "cloudflare", secret: "a-secret-of-the-rule" }, expires);
  const end = expires.getTime() / 1000;
  expect(ruleAllows(address, "a-secret-of-the-rule", end - 1)).toBe(true);
  expect(ruleAllows(address, "a-secret-of-the-rule", end)).toBe(false);
  expect(ruleAllows(address, "another-secret-of-a-rule", end - 1)).toBe(false);
  expect(ruleAllows(address.replace("1.mp4", "2.mp4"), "a-secret-of-the-rule", end - 1)).toBe(false);
});

test("a CloudFront address carries a policy that its public key verifies", () => {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const signed = new URL(signCdnAddress(url, { provider: "cloudfront", keyId: "K2JCJMDEHXQW5F", privateKey }, expires));
  expect(signed.origin + signed.pathname).toBe(url.href);
  expect(signed.searchParams.get("Key-Pair-Id")).toBe("K2JCJMDEHXQW5F");
  const end = Number(signed.searchParams.get("Expires"));
  expect(end).toBe(expires.getTime() / 1000);
  // Amazon CloudFront Developer Guide, "Create a signed URL using a canned policy": what is signed, and the letters that an address can't hold.
  const policy = `{"Statement":[{"Resource":"${url.href}","Condition":{"DateLessThan":{"AWS:EpochTime":${end}}}}]}`;
  const signature = (signed.searchParams.get("Signature") ?? "").replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
  expect(createVerify("sha256").update(policy).verify(keys.publicKey, signature, "base64")).toBe(true);
});

test.each([
  [{}, null],
  [{ MEDIA_CDN_URL: "https://m" }, "MEDIA_CDN_SIGNING"],
  [{ MEDIA_CDN_KEY: "k" }, "MEDIA_CDN_URL"],
  [{ MEDIA_CDN_URL: "https://m", MEDIA_CDN_SIGNING: "cloudflare" as const }, "MEDIA_CDN_KEY"],
  [{ MEDIA_CDN_URL: "https://m", MEDIA_CDN_SIGNING: "cloudfront" as const, MEDIA_CDN_KEY: "k" }, "MEDIA_CDN_KEY_ID"],
  [{ MEDIA_CDN_URL: "https://m", MEDIA_CDN_SIGNING: "cloudflare" as const, MEDIA_CDN_KEY: "k" }, null],
])("of the network's settings %j, %s is missing", (settings, missing) => expect(findMissingCdnSetting(settings)).toBe(missing));
