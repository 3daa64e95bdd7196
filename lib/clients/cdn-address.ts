import "server-only";
import { createHmac } from "node:crypto";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";

/** How a content delivery network in front of the bucket knows that an address is ours. */
export type CdnSigning =
  | { provider: "cloudflare"; secret: string }
  /** `privateKey` in PEM; `keyId` is CloudFront's id of the public key */
  | { provider: "cloudfront"; keyId: string; privateKey: string };

/** Seconds that the Cloudflare rule allows: the longest life of an address. */
export const CLOUDFLARE_LIFETIME = 4 * 60 * 60;

/**
 * Cloudflare's token: the path and a time, and what HMAC-SHA256 makes of both. The rule adds its lifetime to the time, which is therefore set back so
 * that the address ends when it should. https://developers.cloudflare.com/waf/custom-rules/use-cases/configure-token-authentication/
 */
function withCloudflareToken(url: URL, secret: string, expires: Date): string {
  const time = String(Math.floor(expires.getTime() / 1000) - CLOUDFLARE_LIFETIME);
  const mac = createHmac("sha256", secret)
    .update(url.pathname + time)
    .digest("base64");
  return `${url.href}?verify=${time}-${encodeURIComponent(mac)}`;
}

/**
 * The address of an object at the network, good until `expires`.
 *
 * @param url of the object, without a query
 */
export function signCdnAddress(url: URL, signing: CdnSigning, expires: Date): string {
  if (signing.provider === "cloudflare") return withCloudflareToken(url, signing.secret, expires);
  const { keyId: keyPairId, privateKey } = signing;
  return getSignedUrl({ url: url.href, keyPairId, privateKey, algorithm: "SHA256", dateLessThan: expires });
}
