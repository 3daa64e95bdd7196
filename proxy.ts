import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "./lib/core/content-security-policy";
import { env } from "./lib/env";
import { envClient } from "./lib/env-client";

const storage = new URL(env.AWS_ENDPOINT_URL_S3);
const storageOrigins = [
  storage.origin,
  `${storage.protocol}//${envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES}.${storage.host}`,
  new URL(envClient.NEXT_PUBLIC_S3_PUBLIC_URL).origin,
  ...(env.MEDIA_CDN_URL ? [new URL(env.MEDIA_CDN_URL).origin] : []),
];

/** Gives every page its nonce policy and its own address. It guards nothing: pages and handlers ask for their actor themselves. */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    storageOrigins,
    development: env.APP_ENV === "development",
    secure: env.BETTER_AUTH_URL.startsWith("https:"),
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

// Uploads and webhooks are no pages, and a proxy would cut their bodies at 10 MB.
export const config = { matcher: "/((?!api/|_next/static|_next/image|favicon|icon).*)" };
