import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

/** Settings that the browser may know; inlined at build time. */
export const envClient = createEnv({
  client: {
    NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES: z.string().min(3).max(63),
    /** Where public objects are read, bucket included: https://<bucket>.t3.storage.tigris.dev, or a CDN in front of it */
    NEXT_PUBLIC_S3_PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, "")),
  },
  experimental__runtimeEnv: {
    NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES: process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES,
    NEXT_PUBLIC_S3_PUBLIC_URL: process.env.NEXT_PUBLIC_S3_PUBLIC_URL,
  },
  emptyStringAsUndefined: true,
});
