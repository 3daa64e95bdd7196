import { corsHeaders, findCorsRule } from "../cors-rules.ts";
import type { CorsRule } from "../cors-rules.ts";
import type { Context, Store } from "../context.ts";
import { sendEmpty, sendXml, setHeaders } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { rawHeader } from "../s3-request.ts";
import type { S3Request } from "../s3-request.ts";
import { childrenOf, expectOnly, integerOf, textOf } from "../xml.ts";
import type { XmlElement } from "../xml.ts";
import { readDocument } from "./read-document.ts";
import { requireBucket } from "./require.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "HEAD"]);
const MAX_RULES = 100;
const MAX_AGE = 2 ** 31 - 1;

function texts(rule: XmlElement, name: string): string[] {
  return childrenOf(rule, name).map((child) => child.text.trim());
}

function parseRule(element: XmlElement): CorsRule {
  expectOnly(element, ["ID", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds"]);
  const rule: CorsRule = {
    id: textOf(element, "ID"),
    allowedOrigins: texts(element, "AllowedOrigin"),
    allowedMethods: texts(element, "AllowedMethod"),
    allowedHeaders: texts(element, "AllowedHeader"),
    exposeHeaders: texts(element, "ExposeHeader"),
    maxAgeSeconds: integerOf(element, "MaxAgeSeconds", 0, MAX_AGE),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) {
    throw new S3Error("MalformedXML", "A CORSRule needs AllowedOrigin and AllowedMethod.");
  }
  const method = rule.allowedMethods.find((name) => !METHODS.has(name));
  if (method !== undefined) {
    throw new S3Error("InvalidRequest", `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
  }
  if ([...rule.allowedOrigins, ...rule.allowedHeaders].some((pattern) => pattern.split("*").length > 2)) {
    throw new S3Error("InvalidRequest", "AllowedOrigin and AllowedHeader can not have more than one wildcard.");
  }
  return rule;
}

function readRules(store: Store, bucket: string): CorsRule[] | undefined {
  const json = store.index.buckets.configuration(bucket, "cors");
  return json === undefined ? undefined : (JSON.parse(json) as CorsRule[]);
}

function splitHeaderNames(request: S3Request): string[] {
  const names = rawHeader(request, "access-control-request-headers") ?? "";
  return names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}

/** Adds to any answer, errors too, what lets a page of an allowed origin read it. */
export function applyCors(store: Store, context: Pick<Context, "request" | "response">): void {
  const { request, response } = context;
  const origin = rawHeader(request, "origin");
  if (origin === undefined || request.bucket === "" || request.method === "OPTIONS") return;
  const rule = findCorsRule(readRules(store, request.bucket) ?? [], origin, request.method, []);
  if (rule) setHeaders(response, corsHeaders(rule, origin));
}

/** Answers a browser's preflight, which carries no credentials. */
export function preflight(context: Context): Promise<void> {
  const { request, response, store } = context;
  const origin = rawHeader(request, "origin");
  if (origin === undefined) throw new S3Error("BadRequest", "Insufficient information. Origin request header needed.");
  const method = rawHeader(request, "access-control-request-method");
  if (method === undefined || !METHODS.has(method)) {
    throw new S3Error("BadRequest", `Invalid Access-Control-Request-Method: ${method ?? "null"}`);
  }
  requireBucket(context);
  const rules = readRules(store, request.bucket);
  if (!rules) throw new S3Error("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");
  const requested = splitHeaderNames(request);
  const rule = findCorsRule(rules, origin, method, requested);
  if (!rule) {
    throw new S3Error(
      "AccessForbidden",
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    );
  }
  sendEmpty(response, 200, corsHeaders(rule, origin, requested));
  return Promise.resolve();
}

/** PutBucketCors. */
export async function putCors(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const document = await readDocument(context, "CORSConfiguration", true);
  expectOnly(document, ["CORSRule"]);
  const rules = childrenOf(document, "CORSRule").map(parseRule);
  if (rules.length === 0 || rules.length > MAX_RULES) {
    throw new S3Error("MalformedXML", `A CORS configuration has 1 to ${MAX_RULES} rules.`);
  }
  store.index.buckets.configure(request.bucket, "cors", JSON.stringify(rules));
  sendEmpty(response, 200);
}

/** GetBucketCors. */
export function getCors(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const rules = readRules(store, request.bucket);
  if (!rules) throw new S3Error("NoSuchCORSConfiguration", "The CORS configuration does not exist");
  sendXml(response, "CORSConfiguration", {
    CORSRule: rules.map((rule) => ({
      ID: rule.id,
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
  return Promise.resolve();
}

/** DeleteBucketCors. */
export function deleteCors(context: Context): Promise<void> {
  requireBucket(context);
  context.store.index.buckets.configure(context.request.bucket, "cors", null);
  sendEmpty(context.response, 204);
  return Promise.resolve();
}
