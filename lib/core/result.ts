import type { ErrorCode, FieldErrors } from "./app-error";

export type ActionError = {
  code: ErrorCode;
  message: string;
  fieldErrors?: FieldErrors;
  /** Seconds until another try makes sense */
  retryAfter?: number;
  /** Shown to the person when the failure was unexpected, so that support can find it in the log */
  requestId?: string;
};

/** What every server action resolves to, and what every JSON route answers in `error`. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };
