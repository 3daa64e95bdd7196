import type { Ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";

/** What the app is told about where it runs; see lib/env.ts. */
export type AppEnvironment = "demo" | "development" | "test";

/** The bucket of the embedded store. */
export const BUCKET = "sidecar-local";
/** Buckets beside it: for archived videos, for the replica, and the other end of a move to another provider. */
export const OTHER_BUCKETS = { archive: "sidecar-archive", replica: "sidecar-replica", other: "sidecar-other" } as const;
/** Keys under it are readable by anyone, as thumbnails are behind a CDN. */
export const PUBLIC_PREFIX = "organizations/*/public/";

/** Settings that belong to the owner of the machine and are handed on as they are; never to tests, which must not depend on them. */
const PASSED_ON = /^(AUTH_|STRIPE_|GHL_|ARCJET_|UPLOAD_MAX_|STORAGE_|LOG_LEVEL|MAIL_FROM|PLATFORM_ADMIN_EMAILS)/;

/** A bucket of the embedded store in one line, as the app's settings want it. */
export function storeAddress(store: string, name: keyof typeof OTHER_BUCKETS, accessKey: string, secretKey: string): string {
  const url = new URL(`/${OTHER_BUCKETS[name]}`, store);
  url.username = encodeURIComponent(accessKey);
  url.password = encodeURIComponent(secretKey);
  url.search = new URLSearchParams({ name, "path-style": "true", public: `${store}/${OTHER_BUCKETS[name]}` }).toString();
  return url.href;
}

/**
 * The app's settings on the embedded stack. Settings of production, such as a real bucket's keys in the caller's environment, are not
 * inherited: the stack only ever talks to itself.
 */
export function appEnvironment(mode: AppEnvironment, databaseUrl: string, ports: Ports, secrets: Secrets): Record<string, string> {
  const store = `http://127.0.0.1:${ports.store}`;
  const own = mode === "test" ? [] : Object.entries(process.env);
  const passedOn = own.filter((entry): entry is [string, string] => PASSED_ON.test(entry[0]) && entry[1] !== undefined);
  return {
    MAIL_FROM: "Sidecar <no-reply@sidecar.localhost>",
    PLATFORM_ADMIN_EMAILS: "platform@sidecar.test",
    ...Object.fromEntries(passedOn),
    APP_ENV: mode,
    DATABASE_URL: databaseUrl,
    BETTER_AUTH_SECRET: secrets.betterAuthSecret,
    BETTER_AUTH_URL: `http://localhost:${ports.app}`,
    CRON_SECRET: secrets.cronSecret,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.serverActionsKey,
    AWS_ACCESS_KEY_ID: secrets.storeAccessKey,
    AWS_SECRET_ACCESS_KEY: secrets.storeSecretKey,
    AWS_ENDPOINT_URL_S3: store,
    AWS_REGION: "auto",
    S3_FORCE_PATH_STYLE: "true",
    ARCHIVE_STORE_URL: storeAddress(store, "archive", secrets.storeAccessKey, secrets.storeSecretKey),
    REPLICA_STORE_URL: storeAddress(store, "replica", secrets.storeAccessKey, secrets.storeSecretKey),
    S3_UPLOAD_ALLOWED_DOMAINS: "",
    NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES: BUCKET,
    NEXT_PUBLIC_S3_PUBLIC_URL: `${store}/${BUCKET}`,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAILBOX_URL: `http://127.0.0.1:${ports.mailbox}`,
    NEXT_TELEMETRY_DISABLED: "1",
    // What a test provokes on purpose would bury what it does not.
    ...(mode === "test" ? { LOG_LEVEL: "error" } : {}),
  };
}
