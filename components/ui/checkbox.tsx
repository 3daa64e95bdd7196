"use client";
import { Check, Minus } from "lucide-react";
import * as RadixCheckbox from "radix-ui/checkbox";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

/** Props of `Checkbox`: those of Radix's, a visible label, and help below it. */
export interface CheckboxProps extends RadixCheckbox.CheckboxProps {
  /** Leave out only with an `aria-label`, as in the rows of a table. */
  label?: ReactNode;
  hint?: ReactNode;
}

/** A checkbox with its label. The pressable area is at least 24 px (WCAG 2.5.8), the label included. */
export function Checkbox({ label, hint, className, id, ...props }: CheckboxProps) {
  const ownId = useId();
  const boxId = id ?? ownId;
  const box = (
    <RadixCheckbox.Root
      id={boxId}
      aria-describedby={hint ? `${boxId}-hint` : undefined}
      className={cn(
        "group relative grid size-5 shrink-0 place-items-center rounded-sm border border-line-control bg-surface transition-colors",
        "before:absolute before:-inset-1.5 hover:border-ink/60 disabled:opacity-50 aria-invalid:border-danger",
        "data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent",
        "data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent data-[state=indeterminate]:text-on-accent",
        className,
      )}
      {...props}
    >
      <RadixCheckbox.Indicator>
        <Check aria-hidden strokeWidth={3} className="hidden size-3.5 group-data-[state=checked]:block" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3.5 group-data-[state=indeterminate]:block" />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
  if (!label) return box;
  return (
    <div className="flex gap-3">
      {box}
      <div className="grid gap-0.5">
        <label htmlFor={boxId} className="text-sm leading-5 text-ink">
          {label}
        </label>
        {hint ? (
          <p id={`${boxId}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
