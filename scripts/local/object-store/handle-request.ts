import { randomBytes } from "node:crypto";
import { ServerResponse } from "node:http";
import type { IncomingMessage } from "node:http";
import { refuseUnsupportedHeaders } from "./attributes.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { Caller } from "./auth/authenticate.ts";
import type { Store } from "./context.ts";
import { PlayedError } from "./fault.ts";
import type { Fault, RequestHook } from "./fault.ts";
import type { ConnectionThrottle } from "./connection-throttle.ts";
import { applyCors } from "./operations/cors.ts";
import { sendError, setHeaders } from "./reply.ts";
import { OPERATIONS, operationOf } from "./route.ts";
import type { OperationName } from "./route.ts";
import { S3Error } from "./s3-error.ts";
import { parseRequest } from "./s3-request.ts";
import type { S3Request } from "./s3-request.ts";
import type { Traffic } from "./traffic.ts";

/** What every request of one server shares. */
export interface Handling {
  readonly store: Store;
  readonly traffic: Traffic;
  /** Hears of failures that are the store's own fault. */
  readonly onInternalError: (error: unknown) => void;
  onRequest: RequestHook | undefined;
  /** Holds each connection's request bodies to a rate. */
  readonly throttle: ConnectionThrottle;
}

/** One request's progress, as its record will tell it. */
interface Progress {
  request?: S3Request;
  operation?: OperationName;
}

// Operations that prove themselves: a preflight needs no proof (a signature in its address is that of the request to
// come), and a form carries its signed policy among its fields.
const SELF_PROVING: ReadonlySet<OperationName> = new Set<OperationName>(["Preflight", "PostObject"]);

// Anonymous callers may read public objects; nothing else.
function authorize(store: Store, request: S3Request, caller: Caller, operation: OperationName): void {
  if (caller.kind === "signed" || SELF_PROVING.has(operation)) return;
  const reads = operation === "GetObject" || operation === "HeadObject";
  if (!reads || !store.isPublic(request.key)) throw new S3Error("AccessDenied", "Access Denied");
}

async function playFault(handling: Handling, request: S3Request, operation: OperationName): Promise<Fault | undefined> {
  const { method, bucket, key, query, http } = request;
  const fault = await handling.onRequest?.({ operation, method, bucket, key, query, headers: http.headers });
  // A read has no effect that could come before its fault.
  const idle = operation === "GetObject";
  if (fault?.kind === "error" || (idle && fault?.kind === "error-after")) throw new PlayedError(fault);
  const cut = fault?.kind === "disconnect" && fault.afterBytes === undefined;
  if (cut || (idle && fault?.kind === "lost-answer")) http.destroy();
  return fault;
}

// An answer that is written and never sent: it has no connection.
function unsentAnswer(http: IncomingMessage, response: ServerResponse): ServerResponse {
  // The client of an unsent answer must still be told to send its body.
  if (http.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  return new ServerResponse(http);
}

async function perform(handling: Handling, http: IncomingMessage, response: ServerResponse, progress: Progress): Promise<void> {
  const { store, traffic } = handling;
  const request = parseRequest(http);
  progress.request = request;
  applyCors(store, { request, response });
  const operation = operationOf(request);
  progress.operation = operation;
  traffic.add(operation, { requests: 1 });
  const caller: Caller = SELF_PROVING.has(operation) ? { kind: "anonymous" } : await authenticate(request, store.credentials, store.clock);
  authorize(store, request, caller, operation);
  refuseUnsupportedHeaders(request);
  const fault = await playFault(handling, request, operation);
  if (http.destroyed) {
    traffic.add(operation, { failures: 1 });
    return;
  }
  const cutAfter = fault?.kind === "disconnect" ? (fault.afterBytes ?? 0) : Number.POSITIVE_INFINITY;
  let bytesIn = 0;
  const onBytesIn = (count: number): Promise<void> | undefined => {
    bytesIn += count;
    traffic.add(operation, { bytesIn: count });
    if (bytesIn >= cutAfter) http.destroy();
    return handling.throttle.take(http.socket, count);
  };
  const actsFirst = fault?.kind === "lost-answer" || fault?.kind === "error-after";
  const answer = actsFirst ? unsentAnswer(http, response) : response;
  await OPERATIONS[operation]({ store, request, response: answer, caller, onBytesIn });
  if (fault?.kind === "error-after") throw new PlayedError(fault);
  if (fault?.kind === "lost-answer") {
    traffic.add(operation, { failures: 1 });
    http.socket.destroy();
  }
}

// Nobody is left to answer: the client went away, or the answer's own bytes failed on their way.
function cannotAnswer(http: IncomingMessage, response: ServerResponse): boolean {
  return response.headersSent || http.socket.destroyed || (http.destroyed && !http.complete);
}

function answerError(
  handling: Handling,
  error: unknown,
  request: S3Request | undefined,
  response: ServerResponse,
  requestId: string,
): void {
  if (error instanceof S3Error || error instanceof PlayedError) {
    sendError(response, error, request, requestId);
    return;
  }
  handling.onInternalError(error);
  const answer = new S3Error("InternalError", "We encountered an internal error. Please try again.");
  sendError(response, answer, request, requestId);
}

/** Answers one HTTP request. Never rejects: what S3 refuses becomes its error document, what is our own fault a 500. */
export async function handleRequest(handling: Handling, http: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  const { socket } = http;
  const writtenBefore = socket.bytesWritten;
  const progress: Progress = {};
  const { traffic } = handling;
  response.once("close", () => traffic.add(progress.operation ?? "Unknown", { bytesOut: socket.bytesWritten - writtenBefore }));
  // The store's own time, so that clients correct their clocks to it as they do with S3.
  setHeaders(response, { "x-amz-request-id": requestId, Date: new Date(handling.store.clock.now()).toUTCString() });
  try {
    await perform(handling, http, response, progress);
  } catch (error) {
    traffic.add(progress.operation ?? "Unknown", { requests: progress.operation ? 0 : 1, failures: 1 });
    if (cannotAnswer(http, response)) response.destroy();
    else answerError(handling, error, progress.request, response, requestId);
  }
  // What is left of a refused body is read and dropped: closing on a client that still sends would lose the answer.
  http.resume();
}
