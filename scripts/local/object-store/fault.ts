import type { IncomingHttpHeaders } from "node:http";
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
}

/** Cuts the connection, at once or after so many bytes of the request's body. */
export interface DisconnectFault {
  readonly kind: "disconnect";
  readonly afterBytes?: number;
}

/** A failure for the store to play. */
export type Fault = ErrorFault | DisconnectFault;

/** Runs before each permitted operation. It may wait, to hold a request back, and may return a fault to play. */
export type RequestHook = (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined>;

/** Carries an ErrorFault to where errors are answered. */
export class PlayedError extends Error {
  override readonly name = "PlayedError";
  readonly status: number;
  readonly code: string;
  readonly details = {};
  readonly headers = {};

  constructor(fault: ErrorFault) {
    super(fault.message ?? "A fault that a test asked for.");
    this.status = fault.status;
    this.code = fault.code;
  }
}
