"use client";
import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import { useCallback, useRef, useState, useTransition } from "react";
import type { ActionError, ActionResult } from "@/lib/core/result";

/** An action's own error, or one that kept its answer from us: OFFLINE, OUTDATED or UNANSWERED. */
export type ActionFailure = Omit<ActionError, "code"> & {
  code: ActionError["code"] | "OFFLINE" | "OUTDATED" | "UNANSWERED";
};

/** What `run` resolves to. */
export type ActionOutcome<Data> = { ok: true; data: Data } | { ok: false; error: ActionFailure };

/** Called after a run: with its data, or with what went wrong. */
export interface UseActionOptions<Data> {
  onSuccess?: (data: Data) => void;
  onError?: (error: ActionFailure) => void;
}

const NO_ERRORS: Record<string, string[] | undefined> = {};

// Next's router wraps what the action threw; a TypeError is what fetch throws when there is no answer at all.
function failureOf(thrown: unknown): ActionFailure {
  if (unstable_isUnrecognizedActionError(thrown)) {
    return {
      code: "OUTDATED",
      message: "Sidecar was updated since this page was opened. Copy anything you need, then reload the page.",
    };
  }
  if (thrown instanceof TypeError) {
    return {
      code: "OFFLINE",
      message: "The server could not be reached. What you entered is still here; check the connection and try again.",
    };
  }
  return {
    code: "UNANSWERED",
    message: "The server did not answer as expected. What you entered is still here; try again in a moment.",
  };
}

/**
 * Runs a server action and keeps its state: `pending`, the last `error` and its `fieldErrors`.
 * `run` resolves to the outcome and does not throw: a lost connection becomes an error. It never touches the form, so
 * what was typed stays. A second `run` while one is under way answers with the first. When the action redirects,
 * the page changes and the promise stays open.
 */
export function useAction<Input extends unknown[], Data>(
  action: (...input: Input) => Promise<ActionResult<Data>>,
  options: UseActionOptions<Data> = {},
) {
  const [error, setError] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const current = useRef<Promise<ActionOutcome<Data>> | null>(null);

  const run = (...input: Input): Promise<ActionOutcome<Data>> => {
    if (current.current) return current.current;
    const { promise, resolve } = Promise.withResolvers<ActionOutcome<Data>>();
    current.current = promise;
    startTransition(async () => {
      let outcome: ActionOutcome<Data>;
      try {
        outcome = await action(...input);
      } catch (thrown) {
        // redirect() and notFound() travel as exceptions that belong to the router.
        unstable_rethrow(thrown);
        outcome = { ok: false, error: failureOf(thrown) };
      } finally {
        current.current = null;
      }
      setError(outcome.ok ? null : outcome.error);
      if (outcome.ok) options.onSuccess?.(outcome.data);
      else options.onError?.(outcome.error);
      resolve(outcome);
    });
    return promise;
  };

  const reset = useCallback(() => setError(null), []);
  const fieldErrors: Record<string, string[] | undefined> = error?.fieldErrors ?? NO_ERRORS;
  return { run, pending, error, fieldErrors, reset };
}
