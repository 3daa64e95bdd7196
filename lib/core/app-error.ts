/** Every expected failure has one of these codes; each code has one HTTP status. */
export const statusOfCode = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  REJECTED: 422,
  QUOTA_EXCEEDED: 403,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof statusOfCode;
export type FieldErrors = Record<string, string[]>;

type Details = {
  /** For the log only; never shown. */
  log?: string;
  cause?: unknown;
  fieldErrors?: FieldErrors;
  /** Seconds; becomes the Retry-After header. */
  retryAfter?: number;
};

/**
 * A failure that its user can understand. `message` is the sentence shown to a person; `log`, `cause` are for the operator.
 * Only gates turn it into an answer.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly log: string | undefined;
  readonly fieldErrors: FieldErrors | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.log = details.log;
    this.fieldErrors = details.fieldErrors;
    this.retryAfter = details.retryAfter;
  }

  get status(): number {
    return statusOfCode[this.code];
  }
}

/** A missing row and a foreign tenant's row look the same: not found. `what` is a noun with its article, "This course". */
export function notFoundError(what: string, log?: string): AppError {
  return new AppError("NOT_FOUND", `${what} does not exist, or is not yours to see.`, { log });
}

/** One field is wrong: the message stands at the field, and is the sentence when there is no form. */
export function fieldError(field: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { fieldErrors: { [field]: [message] } });
}
