import type { ServerResponse } from "node:http";
import type { S3ErrorDetails } from "./s3-error.ts";
import type { S3Request } from "./s3-request.ts";
import { toXml } from "./xml.ts";
import type { XmlValue } from "./xml.ts";

/** Headers of an answer; an absent value is left out. */
export type ReplyHeaders = Readonly<Record<string, string | number | undefined>>;

/** Sets headers, writing text beyond ASCII as UTF-8 (Node writes header characters as Latin-1 bytes). */
export function setHeaders(response: ServerResponse, headers: ReplyHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, Buffer.from(String(value), "utf8").toString("latin1"));
  }
}

/** Answers without a body. */
export function sendEmpty(response: ServerResponse, status: number, headers: ReplyHeaders = {}): void {
  setHeaders(response, headers);
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader("Content-Length", 0);
  response.end();
}

/** Answers with a document in S3's namespace. */
export function sendXml(
  response: ServerResponse,
  root: string,
  value: { readonly [name: string]: XmlValue | undefined },
  headers: ReplyHeaders = {},
  status = 200,
): void {
  const body = Buffer.from(toXml(root, value), "utf8");
  setHeaders(response, { "Content-Type": "application/xml", "Content-Length": body.length, ...headers });
  response.statusCode = status;
  response.end(body);
}

/** An error as the client sees it. S3Error is one. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: S3ErrorDetails;
  readonly headers: ReplyHeaders;
}

/** Answers with S3's error document; HEAD and 304 carry the status only. */
export function sendError(response: ServerResponse, error: ErrorAnswer, request: S3Request | undefined, requestId: string): void {
  setHeaders(response, error.headers);
  response.statusCode = error.status;
  if (response.req.method === "HEAD" || error.status === 304) {
    response.end();
    return;
  }
  const document = toXml(
    "Error",
    {
      Code: error.code,
      Message: error.message,
      Resource: request && `/${request.bucket}${request.key && `/${request.key}`}`,
      BucketName: request?.bucket || undefined,
      Key: request?.key || undefined,
      ...error.details,
      RequestId: requestId,
    },
    false,
  );
  const body = Buffer.from(document, "utf8");
  setHeaders(response, { "Content-Type": "application/xml", "Content-Length": body.length });
  response.end(body);
}
