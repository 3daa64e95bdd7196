import type { StoredObject } from "./index/records.ts";
import { S3Error } from "./s3-error.ts";
import { parameter, rawHeader } from "./s3-request.ts";
import type { S3Request } from "./s3-request.ts";

type Version = Pick<StoredObject, "etag" | "modified">;

function matchesEtag(header: string, etag: string): boolean {
  return header.split(",").some((candidate) => {
    const value = candidate
      .trim()
      .replace(/^W\//, "")
      .replace(/^"(.*)"$/, "$1");
    return value === "*" || value === etag;
  });
}

function failed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    details: { Condition: condition },
  });
}

// HTTP dates have whole seconds, and so has `modified`. A date that can't be read is ignored (RFC 9110, 13.1.3).
function parseDate(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Checks If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since of a read, in the order of RFC 9110, 13.2.2.
 * @throws S3Error PreconditionFailed or NotModified (with the headers that a 304 must carry).
 */
export function checkReadConditions(request: S3Request, object: Version): void {
  const match = rawHeader(request, "if-match");
  const noneMatch = rawHeader(request, "if-none-match");
  const since = parseDate(rawHeader(request, "if-modified-since"));
  const until = parseDate(rawHeader(request, "if-unmodified-since"));
  if (match !== undefined) {
    if (!matchesEtag(match, object.etag)) throw failed("If-Match");
  } else if (until !== undefined && object.modified > until) throw failed("If-Unmodified-Since");
  const unchanged = noneMatch === undefined ? since !== undefined && object.modified <= since : matchesEtag(noneMatch, object.etag);
  if (!unchanged) return;
  throw new S3Error("NotModified", "Not Modified", {
    headers: { ETag: `"${object.etag}"`, "Last-Modified": new Date(object.modified).toUTCString() },
  });
}

/**
 * Checks the x-amz-copy-source-if-* conditions of a copy.
 * @throws S3Error PreconditionFailed.
 */
export function checkCopyConditions(request: S3Request, source: Version): void {
  const prefix = "x-amz-copy-source-if-";
  const match = parameter(request, `${prefix}match`);
  const noneMatch = parameter(request, `${prefix}none-match`);
  const since = parseDate(parameter(request, `${prefix}modified-since`));
  const until = parseDate(parameter(request, `${prefix}unmodified-since`));
  if (match !== undefined) {
    if (!matchesEtag(match, source.etag)) throw failed(`${prefix}match`);
  } else if (until !== undefined && source.modified > until) throw failed(`${prefix}unmodified-since`);
  if (noneMatch !== undefined) {
    if (matchesEtag(noneMatch, source.etag)) throw failed(`${prefix}none-match`);
  } else if (since !== undefined && source.modified <= since) throw failed(`${prefix}modified-since`);
}

/**
 * Reads the conditions of a write. The result runs inside the commit, with what is there at that moment, so that of two
 * racing writers with `If-None-Match: *` exactly one wins.
 * @throws S3Error NotImplemented for If-None-Match with anything but `*`, as S3 does.
 */
export function writeCondition(request: S3Request): (current: Version | undefined) => void {
  const match = rawHeader(request, "if-match");
  const noneMatch = rawHeader(request, "if-none-match");
  if (noneMatch !== undefined && noneMatch.trim() !== "*") {
    throw new S3Error("NotImplemented", "A header you provided implies functionality that is not implemented: If-None-Match");
  }
  return (current) => {
    if (noneMatch !== undefined && current) throw failed("If-None-Match");
    if (match === undefined) return;
    if (!current) throw new S3Error("NoSuchKey", "The specified key does not exist.");
    if (!matchesEtag(match, current.etag)) throw failed("If-Match");
  };
}
