"use client";
import * as RadixRadioGroup from "radix-ui/radio-group";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

/** One choice of a `RadioGroup`. */
export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

/** Props of `RadioGroup`. */
export interface RadioGroupProps extends Omit<RadixRadioGroup.RadioGroupProps, "children"> {
  /** The visible question the options answer. */
  legend: ReactNode;
  hideLegend?: boolean;
  options: readonly RadioOption[];
}

/** A few choices of which one holds, each a full-width card with an optional hint. Arrow keys move. */
export function RadioGroup({ legend, hideLegend = false, options, className, ...props }: RadioGroupProps) {
  const id = useId();
  return (
    <div className={cn("grid gap-2", className)}>
      <span id={`${id}-legend`} className={cn("text-sm font-medium", hideLegend && "sr-only")}>
        {legend}
      </span>
      <RadixRadioGroup.Root aria-labelledby={`${id}-legend`} className="grid gap-2" {...props}>
        {options.map((option, index) => (
          <label
            key={option.value}
            htmlFor={`${id}-${index}`}
            className="flex items-start gap-3 rounded-md border border-line-strong bg-surface px-4 py-3 transition-colors hover:border-line-control has-disabled:opacity-50 has-data-[state=checked]:border-accent-text has-data-[state=checked]:bg-accent-soft"
          >
            <RadixRadioGroup.Item
              id={`${id}-${index}`}
              value={option.value}
              disabled={option.disabled ?? false}
              aria-describedby={option.hint ? `${id}-${index}-hint` : undefined}
              className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface data-[state=checked]:border-accent-text"
            >
              <RadixRadioGroup.Indicator className="size-2 rounded-full bg-accent-text" />
            </RadixRadioGroup.Item>
            <span className="grid gap-0.5 text-sm">
              <span className="font-medium text-ink">{option.label}</span>
              {option.hint ? (
                <span id={`${id}-${index}-hint`} className="text-muted">
                  {option.hint}
                </span>
              ) : null}
            </span>
          </label>
        ))}
      </RadixRadioGroup.Root>
    </div>
  );
}
