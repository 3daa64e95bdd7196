import type { HttpRequest } from "@smithy/types";
import type { Clock } from "../clock.ts";
import { S3Error } from "../s3-error.ts";
import { rawHeader } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import { readPayload } from "./payload.ts";
import type { Payload } from "./payload.ts";
import { createSigner, parseAmzDate, parseCredential, sameSignature, signatureMismatch } from "./signer.ts";
import type { Credentials, Scope } from "./signer.ts";

/** Who asks: nobody in particular, or the holder of the store's key. */
export type Caller = { readonly kind: "anonymous" } | { readonly kind: "signed"; readonly payload: Payload };

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: RequestTimeTooSkewed is 15 minutes.
const MAX_SKEW_MS = 15 * 60 * 1000;
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: seven days.
const MAX_EXPIRES_SECONDS = 604_800;

interface Claim {
  readonly scope: Scope;
  readonly date: Date;
  readonly dateText: string;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
  /** Seconds for which a presigned URL holds; undefined when the signature is in the header. */
  readonly expires: number | undefined;
}

function readHeaderClaim(request: S3Request, authorization: string, credentials: Credentials): Claim {
  const match = /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(authorization);
  if (!match) {
    if (!authorization.startsWith("AWS4-HMAC-SHA256")) {
      throw new S3Error("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }
    throw new S3Error("AuthorizationHeaderMalformed", "The authorization header that you provided is not valid.");
  }
  const [, credential = "", signedHeaders = "", signature = ""] = match;
  const scope = parseCredential(credential, credentials, "AuthorizationHeaderMalformed");
  const dateText = rawHeader(request, "x-amz-date") ?? "";
  const date = parseAmzDate(dateText);
  if (!date) throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  return { scope, date, dateText, signedHeaders: new Set(signedHeaders.split(";")), signature, expires: undefined };
}

function readQueryClaim(request: S3Request, credentials: Credentials): Claim {
  const need = (name: string): string => {
    const value = request.query.get(name);
    if (!value) {
      throw new S3Error(
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
      );
    }
    return value;
  };
  if (need("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") {
    throw new S3Error("AuthorizationQueryParametersError", "X-Amz-Algorithm only supports AWS4-HMAC-SHA256.");
  }
  const dateText = need("X-Amz-Date");
  const date = parseAmzDate(dateText);
  if (!date) {
    throw new S3Error("AuthorizationQueryParametersError", "X-Amz-Date must be in the ISO8601 Long Format yyyyMMdd'T'HHmmss'Z'.");
  }
  const expiresText = need("X-Amz-Expires");
  const expires = Number(expiresText);
  if (!/^\d+$/.test(expiresText) || expires > MAX_EXPIRES_SECONDS) {
    throw new S3Error("AuthorizationQueryParametersError", `X-Amz-Expires must be a number of seconds, at most ${MAX_EXPIRES_SECONDS}.`);
  }
  const scope = parseCredential(need("X-Amz-Credential"), credentials, "AuthorizationQueryParametersError");
  const signedHeaders = new Set(need("X-Amz-SignedHeaders").split(";"));
  return { scope, date, dateText, signedHeaders, signature: need("X-Amz-Signature"), expires };
}

function checkTime(claim: Claim, now: number): void {
  const age = now - claim.date.getTime();
  if (claim.dateText.slice(0, 8) !== claim.scope.day) {
    throw new S3Error("SignatureDoesNotMatch", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
  }
  if (claim.expires === undefined) {
    if (Math.abs(age) <= MAX_SKEW_MS) return;
    throw new S3Error("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", {
      details: { ServerTime: new Date(now).toISOString(), MaxAllowedSkewMilliseconds: MAX_SKEW_MS },
    });
  }
  if (age < -MAX_SKEW_MS) throw new S3Error("AccessDenied", "Request is not yet valid");
  if (age > claim.expires * 1000) {
    throw new S3Error("AccessDenied", "Request has expired", {
      details: { "X-Amz-Expires": claim.expires, ServerTime: new Date(now).toISOString() },
    });
  }
}

// S3 insists that the host and every x-amz-* header be signed: anything else could be added on the way.
function checkSignedHeaders(request: S3Request, claim: Claim): void {
  const unsigned = Object.keys(request.http.headers).filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !claim.signedHeaders.has(name),
  );
  if (unsigned.length === 0) return;
  throw new S3Error("AccessDenied", "There were headers present in the request which were not signed", {
    details: { HeadersNotSigned: unsigned.join(", ") },
  });
}

async function expectedSignature(request: S3Request, claim: Claim, credentials: Credentials): Promise<string> {
  const signer = createSigner(credentials, claim.scope.region);
  const headers: Record<string, string> = {};
  for (const name of claim.signedHeaders) {
    const value = rawHeader(request, name);
    if (value !== undefined) headers[name] = value;
  }
  const query = Object.fromEntries(request.query);
  const http: HttpRequest = {
    protocol: "http:",
    hostname: "store",
    method: request.method,
    path: request.canonicalPath,
    headers,
    query,
  };
  const signedHeaders = new Set(claim.signedHeaders);
  if (claim.expires === undefined) {
    const signed = await signer.sign(http, { signingDate: claim.date, signableHeaders: signedHeaders });
    return /Signature=([0-9a-f]+)$/.exec(signed.headers["authorization"] ?? "")?.[1] ?? "";
  }
  // The payload hash must reach the signer as a header; it is part of the signed headers only where the client signed it.
  const unsignableHeaders = new Set<string>();
  if (!signedHeaders.has("x-amz-content-sha256")) {
    headers["x-amz-content-sha256"] = query["X-Amz-Content-Sha256"] ?? "UNSIGNED-PAYLOAD";
    unsignableHeaders.add("x-amz-content-sha256");
  }
  const signed = await signer.presign(http, {
    signingDate: claim.date,
    expiresIn: claim.expires,
    signableHeaders: signedHeaders,
    unhoistableHeaders: new Set(Object.keys(headers)),
    unsignableHeaders,
  });
  const signature = signed.query?.["X-Amz-Signature"];
  return typeof signature === "string" ? signature : "";
}

/**
 * Tells who sent the request by its SigV4 signature, in the Authorization header or in the query.
 * @throws S3Error with S3's code for whatever doesn't hold: key, time, headers, signature.
 */
export async function authenticate(request: S3Request, credentials: Credentials, clock: Clock): Promise<Caller> {
  const authorization = rawHeader(request, "authorization");
  const inQuery = request.query.has("X-Amz-Algorithm") || request.presigned;
  if (authorization !== undefined && inQuery) {
    throw new S3Error(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified",
    );
  }
  if (request.query.has("X-Amz-Security-Token") || rawHeader(request, "x-amz-security-token") !== undefined) {
    throw new S3Error("InvalidToken", "The provided token is malformed or otherwise invalid.");
  }
  if (authorization === undefined && !inQuery) return { kind: "anonymous" };
  const claim = authorization === undefined ? readQueryClaim(request, credentials) : readHeaderClaim(request, authorization, credentials);
  checkTime(claim, clock.now());
  if (!sameSignature(claim.signature, await expectedSignature(request, claim, credentials))) throw signatureMismatch();
  checkSignedHeaders(request, claim);
  const signer = createSigner(credentials, claim.scope.region);
  const payload = readPayload(request, {
    seed: claim.signature,
    date: claim.dateText,
    scope: claim.scope,
    sign: (text) => signer.sign(text, { signingDate: claim.date }),
  });
  return { kind: "signed", payload };
}
