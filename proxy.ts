import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "./lib/core/content-security-policy";
import { storeOrigins } from "./lib/core/store-address";
import { env } from "./lib/env";
import { envClient } from "./lib/env-client";

const main = {
  endpoint: env.AWS_ENDPOINT_URL_S3,
  bucket: envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES,
  publicUrl: envClient.NEXT_PUBLIC_S3_PUBLIC_URL,
};
const others = [env.ARCHIVE_STORE_URL, env.REPLICA_STORE_URL, env.OTHER_STORE_URL];
const storageOrigins = [
  ...[main, ...others].flatMap((place) => (place ? storeOrigins(place) : [])),
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
