"use client";
import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";
import { Label } from "./label";

/** Props of `Field`. */
export interface FieldProps {
  label: ReactNode;
  /** Help that is always there, under the control. */
  hint?: ReactNode;
  /** What is wrong, in one sentence; of a list the first is shown. Fits `fieldErrors.name` of `useAction`. */
  error?: string | readonly string[] | undefined;
  optional?: boolean;
  /** Keep the label for screen readers only, where the context already says it. */
  hideLabel?: boolean;
  className?: string;
  /** One control of this kit: it takes its id, description and invalid state from here. */
  children: ReactNode;
}

/** Label, control, hint and error, wired for assistive technology; an error is announced as it appears. Every form uses it. */
export function Field({ label, hint, error, optional = false, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const message = typeof error === "string" ? error : error?.[0];
  const describedBy = [hint ? `${id}-hint` : null, message ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div className={cn("grid gap-2", className)}>
      <Label htmlFor={id} optional={optional} className={cn(hideLabel && "sr-only")}>
        {label}
      </Label>
      <FieldContext value={{ id, describedBy: describedBy || undefined, invalid: Boolean(message) }}>{children}</FieldContext>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {message ? (
        <p role="alert" id={`${id}-error`} className="flex gap-1.5 text-sm text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {message}
        </p>
      ) : null}
    </div>
  );
}
