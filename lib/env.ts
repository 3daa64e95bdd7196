import "server-only";
import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";
import { findMissingCdnSetting, findSharedStoreName, findUnsafeSetting } from "./core/environment-safety";
import { parseStoreAddress } from "./core/store-address";

const commaSeparated = z
  .string()
  .default("")
  .transform((value) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

const megabytes = (fallback: number) =>
  z.coerce
    .number()
    .int()
    .positive()
    .default(fallback)
    .transform((value) => value * 1024 ** 2);

/** A bucket beside the main one, in one line: see lib/core/store-address.ts. */
const storeAddress = z
  .string()
  .transform((line, context) => {
    try {
      return parseStoreAddress(line);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  })
  .optional();

/** Server settings; with lib/env-client.ts the only reader of process.env. Throws at start-up when one is missing or unsafe. */
export const env = createEnv({
  server: {
    /** production refuses development secrets and emulators; the others run on the embedded stack */
    APP_ENV: z.enum(["production", "demo", "development", "test"]).default("production"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    BETTER_AUTH_SECRET: z.string().min(32),
    BETTER_AUTH_URL: z.url({ protocol: /^https?$/ }),
    AUTH_GITHUB_CLIENT_ID: z.string().optional(),
    AUTH_GITHUB_CLIENT_SECRET: z.string().optional(),
    /** Header that the platform in front sets to the client's address, e.g. x-forwarded-for on Vercel */
    CLIENT_IP_HEADER: z.string().toLowerCase().default("x-forwarded-for"),
    PLATFORM_ADMIN_EMAILS: commaSeparated.transform((list) => list.map((email) => email.toLowerCase())),
    CRON_SECRET: z.string().min(32),
    AWS_ACCESS_KEY_ID: z.string().min(1),
    AWS_SECRET_ACCESS_KEY: z.string().min(1),
    AWS_ENDPOINT_URL_S3: z.url({ protocol: /^https?$/ }),
    AWS_REGION: z.string().default("auto"),
    S3_FORCE_PATH_STYLE: z.stringbool().default(false),
    /** What the ledger calls the bucket of the AWS settings; moving to another provider gives the new one another name */
    S3_STORE_NAME: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
      .default("main"),
    /** A second bucket for archived videos, a replica, and the other end of a move to another provider */
    ARCHIVE_STORE_URL: storeAddress,
    REPLICA_STORE_URL: storeAddress,
    OTHER_STORE_URL: storeAddress,
    /** The cold class that archived videos are put into where there is no second bucket for them */
    S3_ARCHIVE_CLASS: z.enum(["STANDARD_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]).optional(),
    S3_UPLOAD_ALLOWED_DOMAINS: commaSeparated,
    /** Narrows *.vercel.app to this project's previews, e.g. "sidecar-platform" */
    S3_UPLOAD_PREVIEW_PREFIX: z.string().default(""),
    UPLOAD_MAX_MB_THUMBNAIL: megabytes(10),
    UPLOAD_MAX_MB_VIDEO: megabytes(20_480),
    UPLOAD_MAX_MB_ATTACHMENT: megabytes(100),
    UPLOAD_MAX_MB_AVATAR: megabytes(5),
    /** How long a large upload waits for its next part before it is given up */
    UPLOAD_LEASE_HOURS: z.coerce.number().positive().default(168),
    /** Content delivery network in front of the bucket for private media: its address, and how it knows ours */
    MEDIA_CDN_URL: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/$/, ""))
      .optional(),
    MEDIA_CDN_SIGNING: z.enum(["cloudflare", "cloudfront"]).optional(),
    /** The HMAC secret of the Cloudflare rule, or CloudFront's private key in PEM */
    MEDIA_CDN_KEY: z.string().min(16).optional(),
    /** CloudFront's id of the key */
    MEDIA_CDN_KEY_ID: z.string().optional(),
    STORAGE_DEFAULT_LIMIT_GB: z.coerce
      .number()
      .positive()
      .default(50)
      .transform((value) => value * 1024 ** 3),
    STORAGE_UNDO_HOURS: z.coerce.number().positive().default(24),
    /** What the provider asks for 1 GB (1024 ** 3 bytes) and month; without it no cost is shown */
    STORAGE_PRICE_PER_GB_MONTH: z.coerce.number().positive().optional(),
    /** The same for archived videos: shows what archiving saves */
    STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: z.coerce.number().positive().optional(),
    STORAGE_PRICE_CURRENCY: z.string().default("USD"),
    /** A sweep deletes nothing of an organization, or of the bucket, of whose objects more than this would go */
    STORAGE_SWEEP_MAX_PERCENT: z.coerce.number().min(0).max(100).default(5),
    /** How old an object that no row names must be before a sweep takes it */
    STORAGE_ORPHAN_DAYS: z.coerce.number().positive().default(7),
    /** How long what a sweep took can be restored */
    STORAGE_TRASH_DAYS: z.coerce.number().positive().default(7),
    /** How long the archive of an export can be fetched */
    STORAGE_EXPORT_DAYS: z.coerce.number().positive().max(90).default(7),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }),
    MAIL_FROM: z.string().min(3).default("Sidecar <no-reply@localhost>"),
    ARCJET_KEY: z.string().optional(),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  createFinalSchema: (shape) =>
    z.object(shape).superRefine((settings, context) => {
      const missing = findMissingCdnSetting(settings);
      if (missing) context.addIssue({ code: "custom", path: [missing], message: "is needed beside the other MEDIA_CDN settings" });
      const twice = findSharedStoreName(settings);
      if (twice) context.addIssue({ code: "custom", path: [twice], message: "has the name of another bucket; each needs its own" });
      if (settings.APP_ENV !== "production") return;
      const unsafe = findUnsafeSetting(settings);
      if (unsafe) context.addIssue({ code: "custom", path: [unsafe.name], message: unsafe.reason });
    }),
});
