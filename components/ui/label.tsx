import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Props of `Label`. */
export interface LabelProps extends ComponentProps<"label"> {
  /** Marks the field as one that may be left empty. What is not marked is required. */
  optional?: boolean;
}

/** The visible name of a control; `htmlFor` is the control's id. */
export function Label({ optional = false, className, children, ...props }: LabelProps) {
  return (
    <label className={cn("text-sm font-medium text-ink", className)} {...props}>
      {children}
      {optional ? <span className="ml-1.5 font-normal text-muted">optional</span> : null}
    </label>
  );
}
