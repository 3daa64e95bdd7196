import type { StoreAddress } from "./store-address";

export type StoreSettings = {
  ARCHIVE_STORE_URL?: StoreAddress | undefined;
  REPLICA_STORE_URL?: StoreAddress | undefined;
  OTHER_STORE_URL?: StoreAddress | undefined;
};

export type ProductionSettings = StoreSettings & {
  BETTER_AUTH_SECRET: string;
  BETTER_AUTH_URL: string;
  CRON_SECRET: string;
  AWS_ENDPOINT_URL_S3: string;
  SMTP_URL: string;
};

const storeSettings = ["ARCHIVE_STORE_URL", "REPLICA_STORE_URL", "OTHER_STORE_URL"] as const;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/;

/**
 * The first setting that production must refuse, or null.
 *
 * A development secret starts with "development-" (the embedded stack makes them so); an emulator is anything on the loopback
 * interface; a public address without TLS would send session cookies in the clear.
 */
export function findUnsafeSetting(settings: ProductionSettings): { name: string; reason: string } | null {
  for (const name of ["BETTER_AUTH_SECRET", "CRON_SECRET"] as const) {
    if (settings[name].startsWith("development-")) return { name, reason: "is a development secret" };
  }
  for (const name of ["BETTER_AUTH_URL", "AWS_ENDPOINT_URL_S3"] as const) {
    const url = new URL(settings[name]);
    if (loopback.test(url.hostname)) return { name, reason: "points at this machine, which is an emulator's address" };
    if (url.protocol !== "https:") return { name, reason: "must use https in production" };
  }
  for (const name of storeSettings) {
    const address = settings[name];
    if (!address) continue;
    if (loopback.test(new URL(address.endpoint).hostname))
      return { name, reason: "points at this machine, which is an emulator's address" };
    if (!address.endpoint.startsWith("https:")) return { name, reason: "must use https in production" };
  }
  if (loopback.test(new URL(settings.SMTP_URL).hostname)) {
    return { name: "SMTP_URL", reason: "points at this machine, which is a mail catcher's address" };
  }
  return null;
}

export type CdnSettings = {
  MEDIA_CDN_URL?: string | undefined;
  MEDIA_CDN_SIGNING?: "cloudflare" | "cloudfront" | undefined;
  MEDIA_CDN_KEY?: string | undefined;
  MEDIA_CDN_KEY_ID?: string | undefined;
};

/** The setting that is missing for a content delivery network, or null. An address without signing would be open to everybody or to nobody. */
export function findMissingCdnSetting(settings: CdnSettings): keyof CdnSettings | null {
  const { MEDIA_CDN_URL, MEDIA_CDN_SIGNING, MEDIA_CDN_KEY, MEDIA_CDN_KEY_ID } = settings;
  if (!MEDIA_CDN_URL && !MEDIA_CDN_SIGNING && !MEDIA_CDN_KEY && !MEDIA_CDN_KEY_ID) return null;
  if (!MEDIA_CDN_URL) return "MEDIA_CDN_URL";
  if (!MEDIA_CDN_SIGNING) return "MEDIA_CDN_SIGNING";
  if (!MEDIA_CDN_KEY) return "MEDIA_CDN_KEY";
  return MEDIA_CDN_SIGNING === "cloudfront" && !MEDIA_CDN_KEY_ID ? "MEDIA_CDN_KEY_ID" : null;
}

/** The first setting of a bucket whose name another bucket has, or null: the ledger could not tell them apart. */
export function findSharedStoreName(settings: StoreSettings & { S3_STORE_NAME: string }): keyof StoreSettings | null {
  const taken = new Set([settings.S3_STORE_NAME]);
  for (const setting of storeSettings) {
    const name = settings[setting]?.name;
    if (name === undefined) continue;
    if (taken.has(name)) return setting;
    taken.add(name);
  }
  return null;
}

/** What two ways to write a bucket's address have in common. */
function identityOf({ endpoint, bucket }: Pick<StoreAddress, "endpoint" | "bucket">): string {
  const { host } = new URL(endpoint);
  return `${host.startsWith(`${bucket}.`) ? host.slice(bucket.length + 1) : host}/${bucket}`;
}

/**
 * The first setting of a bucket that is another one's as well, or null. Whatever is deleted in one of them because it lies in the other
 * would be gone.
 */
export function findSharedBucket(main: Pick<StoreAddress, "endpoint" | "bucket">, settings: StoreSettings): keyof StoreSettings | null {
  const taken = new Set([identityOf(main)]);
  for (const setting of storeSettings) {
    const address = settings[setting];
    if (!address) continue;
    if (taken.has(identityOf(address))) return setting;
    taken.add(identityOf(address));
  }
  return null;
}
