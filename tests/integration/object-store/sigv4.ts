import { createHash, createHmac } from "node:crypto";
import { ACCESS_KEY, SECRET_KEY } from "./test-store.ts";

// A signer of our own, after https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html, so that
// the store's use of the SDK's signer is held against the document and not against itself.

export const REGION = "auto";

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

export function hmac(key: string | Uint8Array, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

export function signingKey(day: string, secret = SECRET_KEY): Buffer {
  return ["s3", "aws4_request"].reduce((key, part) => hmac(key, part), hmac(hmac(`AWS4${secret}`, day), REGION));
}

/** 20261122T120000Z. */
export function amzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export interface Signed {
  readonly headers: Record<string, string>;
  readonly signature: string;
  readonly scope: string;
  readonly date: string;
}

/** Signs a request in its header. `path` is percent-encoded already; every header given is signed. */
export function signHeaders(
  method: string,
  url: URL,
  headers: Record<string, string>,
  options: { date?: Date; secret?: string; accessKey?: string; payload?: string; unsigned?: Record<string, string> } = {},
): Signed {
  const date = amzDate(options.date ?? new Date());
  const payload = options.payload ?? sha256("");
  const all: Record<string, string> = { ...headers, host: url.host, "x-amz-date": date, "x-amz-content-sha256": payload };
  const names = Object.keys(all).sort();
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const canonical = [
    method,
    url.pathname,
    query.join("&"),
    ...names.map((name) => `${name}:${(all[name] ?? "").trim()}`),
    "",
    names.join(";"),
    payload,
  ].join("\n");
  const day = date.slice(0, 8);
  const scope = `${day}/${REGION}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const signature = hmac(signingKey(day, options.secret), toSign).toString("hex");
  const credential = `${options.accessKey ?? ACCESS_KEY}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(";")},Signature=${signature}`;
  const { host: _host, ...sent } = all;
  return { headers: { ...sent, ...options.unsigned, authorization }, signature, scope, date };
}
