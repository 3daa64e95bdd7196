import "server-only";
import type { z } from "zod";
import { AppError } from "../core/app-error";
import { logger } from "../core/logger";
import { currentRequestId } from "../core/request-context";
import type { ActionError } from "../core/result";

/**
 * What a person and a program may know of a failure. An AppError speaks for itself; anything else is logged whole, under the
 * request's id, and answered generically.
 */
export function answerError(error: unknown, where: string): { status: number; error: ActionError } {
  if (error instanceof AppError) {
    if (error.log || error.cause || error.status >= 500) {
      logger[error.status >= 500 ? "error" : "info"]({ code: error.code, detail: error.log, err: error.cause, where }, error.message);
    }
    const { code, message, fieldErrors, retryAfter } = error;
    return { status: error.status, error: { code, message, fieldErrors, retryAfter } };
  }
  logger.error({ err: error, where }, "unexpected error");
  return {
    status: 500,
    error: {
      code: "INTERNAL",
      message: "Something went wrong on our side. Nothing was changed; try again, and tell us the reference if it stays.",
      requestId: currentRequestId(),
    },
  };
}

/** Parses what came from outside. @throws AppError INVALID_INPUT with a message for each field */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) (fieldErrors[issue.path.join(".")] ??= []).push(issue.message);
  const messages = Object.values(fieldErrors).flat();
  throw new AppError("INVALID_INPUT", messages.length === 1 && messages[0] ? messages[0] : "Please check the marked fields.", {
    fieldErrors,
  });
}
