import type { ObjectAttributes, Tag } from "./index/records.ts";
import { S3Error } from "./s3-error.ts";
import { parameter, parametersWithPrefix } from "./s3-request.ts";
import type { S3Request } from "./s3-request.ts";

/** Standard headers that S3 keeps with an object and gives back. */
export const KEPT_HEADERS = [
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
] as const;

const STORAGE_CLASSES = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
]);
const METADATA_PREFIX = "x-amz-meta-";
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
const MAX_METADATA_BYTES = 2048;
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
const MAX_TAGS = 10;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

// What would change an object's protection or visibility must not be dropped in silence.
const REFUSED = [
  "x-amz-server-side-encryption-customer-algorithm",
  "x-amz-copy-source-server-side-encryption-customer-algorithm",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-legal-hold",
  "x-amz-website-redirect-location",
  "x-amz-grant-read",
  "x-amz-grant-full-control",
];

/**
 * Refuses what this store can't honour.
 * @throws S3Error NotImplemented.
 */
export function refuseUnsupportedHeaders(request: S3Request): void {
  const acl = parameter(request, "x-amz-acl");
  const found = REFUSED.find((name) => parameter(request, name) !== undefined);
  const name = found ?? (acl !== undefined && acl !== "private" ? "x-amz-acl" : undefined);
  if (name) throw new S3Error("NotImplemented", `A header you provided implies functionality that is not implemented: ${name}`);
}

/**
 * Reads x-amz-storage-class.
 * @throws S3Error InvalidStorageClass.
 */
export function parseStorageClass(value: string | undefined): string {
  const storageClass = value ?? "STANDARD";
  if (!STORAGE_CLASSES.has(storageClass)) throw new S3Error("InvalidStorageClass", "The storage class you specified is not valid");
  return storageClass;
}

/**
 * Holds tags against S3's limits: ten at most, each key once, 128 and 256 characters.
 * @throws S3Error InvalidTag or BadRequest.
 */
export function checkTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > MAX_TAGS) throw new S3Error("BadRequest", `Object tags cannot be greater than ${MAX_TAGS}`);
  for (const { key, value } of tags) {
    if (key.length === 0 || key.length > MAX_TAG_KEY) throw new S3Error("InvalidTag", "The TagKey you have provided is invalid");
    if (value.length > MAX_TAG_VALUE) throw new S3Error("InvalidTag", "The TagValue you have provided is invalid");
  }
  if (new Set(tags.map((tag) => tag.key)).size < tags.length) {
    throw new S3Error("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  return tags;
}

/** Reads x-amz-tagging, a URL query (`a=1&b=2`). */
export function parseTagging(text: string): readonly Tag[] {
  return checkTags([...new URLSearchParams(text)].map(([key, value]) => ({ key, value })));
}

// aws-chunked describes the transfer, not the object.
function withoutChunked(encoding: string): string {
  return encoding
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "" && token !== "aws-chunked")
    .join(",");
}

/** The headers and metadata that a list of named values (a request's, or a form's) sets, held against S3's limits. */
export function collectAttributes(
  get: (name: string) => string | undefined,
  metadataFields: readonly (readonly [name: string, value: string])[],
): ObjectAttributes {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = get(name);
    const kept = name === "content-encoding" && value !== undefined ? withoutChunked(value) : value;
    if (kept !== undefined && kept !== "") headers[name] = kept;
  }
  const metadata = Object.fromEntries(metadataFields.map(([name, value]) => [name.slice(METADATA_PREFIX.length), value]));
  const bytes = Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_METADATA_BYTES) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
  }
  const tagging = get("x-amz-tagging");
  return { headers, metadata, tags: tagging === undefined ? [] : parseTagging(tagging) };
}

/** The attributes that a request sets. */
export function readAttributes(request: S3Request): ObjectAttributes {
  return collectAttributes((name) => parameter(request, name), parametersWithPrefix(request, METADATA_PREFIX));
}
