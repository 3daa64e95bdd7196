import "server-only";
import type { NextRequest } from "next/server";
import { AppError } from "../core/app-error";
import { env } from "../env";
import { isUploadOriginAllowed } from "../policies/upload-origin";

/**
 * CORS headers for a page that may upload. The bucket takes every origin; an address in it is only given to these.
 *
 * @throws AppError FORBIDDEN for every other origin, and for none
 */
export function uploadCors(request: NextRequest): HeadersInit {
  const origin = request.headers.get("origin");
  const allowed = isUploadOriginAllowed(origin, {
    appUrl: env.BETTER_AUTH_URL,
    production: env.APP_ENV === "production",
    previewPrefix: env.S3_UPLOAD_PREVIEW_PREFIX,
    allowedDomains: env.S3_UPLOAD_ALLOWED_DOMAINS,
  });
  if (!origin || !allowed) {
    throw new AppError("FORBIDDEN", "Uploads are not accepted from this address.", { log: `origin ${origin ?? "missing"}` });
  }
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "content-type",
    "access-control-expose-headers": "retry-after, x-request-id",
    "access-control-max-age": "600",
    vary: "Origin",
  };
}
