import "server-only";
import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";
import { findMissingCdnSetting, findUnsafeSetting } from "./core/environment-safety";

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
    STORAGE_PRICE_CURRENCY: z.string().default("USD"),
    /** A sweep deletes nothing of an organization, or of the bucket, of whose objects more than this would go */
    STORAGE_SWEEP_MAX_PERCENT: z.coerce.number().min(0).max(100).default(5),
    /** How old an object that no row names must be before a sweep takes it */
    STORAGE_ORPHAN_DAYS: z.coerce.number().positive().default(7),
    /** How long what a sweep took can be restored */
    STORAGE_TRASH_DAYS: z.coerce.number().positive().default(7),
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
      if (settings.APP_ENV !== "production") return;
      const unsafe = findUnsafeSetting(settings);
      if (unsafe) context.addIssue({ code: "custom", path: [unsafe.name], message: unsafe.reason });
    }),
});
