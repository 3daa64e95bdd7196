import "server-only";
import { signCdnAddress, type CdnSigning } from "./cdn-address";
import { objectUrl } from "../core/public-url";
import { env } from "../env";

function signing(): CdnSigning | null {
  const { MEDIA_CDN_SIGNING: provider, MEDIA_CDN_KEY: key = "", MEDIA_CDN_KEY_ID: keyId = "" } = env;
  if (provider === "cloudflare") return { provider, secret: key };
  // One-line settings carry a key's line breaks as \n.
  if (provider === "cloudfront") return { provider, keyId, privateKey: key.replaceAll("\\n", "\n") };
  return null;
}

/**
 * The address of a private object at the content delivery network in front of the bucket; null where there is none. The network
 * answers with the headers that the object was stored with.
 */
export function signCdnUrl(key: string, expires: Date): string | null {
  const how = signing();
  return how && env.MEDIA_CDN_URL ? signCdnAddress(new URL(objectUrl(env.MEDIA_CDN_URL, key)), how, expires) : null;
}
