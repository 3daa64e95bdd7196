import type { IncomingMessage } from "node:http";
import { S3Error } from "./s3-error.ts";

/** One HTTP request read as S3 reads it: path-style bucket and key, decoded query. Nothing here is trusted yet. */
export interface S3Request {
  readonly http: IncomingMessage;
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  /** The path as SigV4 canonicalises it for S3: decoded and encoded once, never normalised. */
  readonly canonicalPath: string;
  readonly query: ReadonlyMap<string, string>;
  /** True when the credentials are in the query. */
  readonly presigned: boolean;
}

// S3 keys are at most 1,024 bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const MAX_KEY_BYTES = 1024;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.");
  }
}

/** Percent-encodes everything but RFC 3986's unreserved characters, as SigV4 does. */
export function encodeUri(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function parseQuery(raw: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const pair of raw.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const decodedName = decode(name.replaceAll("+", " "));
    // Two values for one name would let the signature cover one and the operation read the other.
    if (query.has(decodedName)) {
      throw new S3Error("InvalidArgument", `The query parameter ${decodedName} is given more than once.`);
    }
    query.set(decodedName, decode(value.replaceAll("+", " ")));
  }
  return query;
}

/**
 * Reads the request line.
 * @throws S3Error InvalidURI, InvalidArgument or KeyTooLongError.
 */
export function parseRequest(http: IncomingMessage): S3Request {
  const url = http.url ?? "/";
  const mark = url.indexOf("?");
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  if (!rawPath.startsWith("/")) throw new S3Error("InvalidURI", "Couldn't parse the specified URI.");
  const path = decode(rawPath);
  const slash = path.indexOf("/", 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? "" : path.slice(slash + 1);
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error("KeyTooLongError", "Your key is too long.", { details: { MaxSizeAllowed: MAX_KEY_BYTES } });
  }
  const query = parseQuery(mark < 0 ? "" : url.slice(mark + 1));
  return {
    http,
    method: http.method ?? "GET",
    bucket,
    key,
    canonicalPath: path.split("/").map(encodeUri).join("/"),
    query,
    presigned: query.has("X-Amz-Signature"),
  };
}

/** A header by its lower-case name, read as UTF-8 (Node hands headers over as Latin-1). */
export function rawHeader(request: S3Request, name: string): string | undefined {
  const value = request.http.headers[name];
  const text = Array.isArray(value) ? value.join(",") : value;
  return text === undefined ? undefined : Buffer.from(text, "latin1").toString("utf8");
}

/**
 * An operation's parameter that S3 takes as a header. Presigners move `x-amz-*` headers into the query, and S3 reads
 * them from there, so a presigned request is asked in both places.
 */
export function parameter(request: S3Request, name: string): string | undefined {
  const header = rawHeader(request, name);
  if (header !== undefined || !request.presigned || !name.startsWith("x-amz-")) return header;
  for (const [candidate, value] of request.query) {
    if (candidate.toLowerCase() === name) return value;
  }
  return undefined;
}

/** The parameters whose lower-case name starts with `prefix`, from the headers and, when presigned, from the query. */
export function parametersWithPrefix(request: S3Request, prefix: string): [name: string, value: string][] {
  const names = new Set(Object.keys(request.http.headers));
  if (request.presigned) for (const name of request.query.keys()) names.add(name.toLowerCase());
  const found: [string, string][] = [];
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const value = parameter(request, name);
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}
