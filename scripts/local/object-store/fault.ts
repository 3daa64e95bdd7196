import type { IncomingHttpHeaders } from "node:http";
import type { ReplyHeaders } from "./reply.ts";
import type { OperationName } from "./route.ts";

/** What a test may see of a request before the store acts on it. */
export interface SeenRequest {
  readonly operation: OperationName;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: IncomingHttpHeaders;
}

/** Answers with an error instead of acting. */
export interface ErrorFault {
  readonly kind: "error";
  readonly status: number;
  /** The code in the error document, such as SlowDown. */
  readonly code: string;
  readonly message?: string;
  /** Seconds, for the answer's Retry-After header. */
  readonly retryAfter?: number;
}

/**
 * Acts, and then answers with an error all the same. With status 200 it is what S3 documents for CompleteMultipartUpload: the status
 * is sent early, the error comes in the body. (An ErrorFault of status 200 is the same answer without the act.)
 */
export interface ErrorAfterFault extends Omit<ErrorFault, "kind"> {
  readonly kind: "error-after";
}

/** Acts, and then cuts the connection before a byte of the answer is sent. */
export interface LostAnswerFault {
  readonly kind: "lost-answer";
}

/** Cuts the connection, at once or after so many bytes of the request's body. */
export interface DisconnectFault {
  readonly kind: "disconnect";
  readonly afterBytes?: number;
}

/** A failure for the store to play. A request that the operation itself refuses is answered with that refusal, whatever the fault. */
export type Fault = ErrorFault | ErrorAfterFault | LostAnswerFault | DisconnectFault;

/** Runs before each permitted operation. It may wait, to hold a request back, and may return a fault to play. */
export type RequestHook = (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined>;

/** Carries an ErrorFault or an ErrorAfterFault to where errors are answered. */
export class PlayedError extends Error {
  override readonly name = "PlayedError";
  readonly status: number;
  readonly code: string;
  readonly details = {};
  readonly headers: ReplyHeaders;

  constructor(fault: ErrorFault | ErrorAfterFault) {
    super(fault.message ?? "A fault that a test asked for.");
    this.status = fault.status;
    this.code = fault.code;
    this.headers = { "Retry-After": fault.retryAfter };
  }
}
