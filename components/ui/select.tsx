"use client";
import { Check, ChevronDown } from "lucide-react";
import * as RadixSelect from "radix-ui/select";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** One choice of a `Select`. The value must not be empty (a Radix rule). */
export interface SelectOption {
  value: string;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
  disabled?: boolean;
}

/** Props of `Select`. */
export interface SelectProps extends Omit<RadixSelect.SelectProps, "children"> {
  options: readonly SelectOption[];
  placeholder?: string;
  /** Needed only outside a `Field`. */
  "aria-label"?: string;
  id?: string;
  className?: string;
}

/** A select whose options may carry a hint. `name` makes it part of a form. */
export function Select({ options, placeholder, className, id, "aria-label": label, ...props }: SelectProps) {
  const control = useFieldControl({ id });
  return (
    <RadixSelect.Root {...props}>
      <RadixSelect.Trigger
        aria-label={label}
        className={cn(controlStyles, "flex h-10 items-center justify-between gap-2 px-3 text-left data-placeholder:text-muted", className)}
        {...control}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <RadixSelect.Icon>
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={6}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-raised shadow-float data-[state=open]:animate-rise"
        >
          <RadixSelect.Viewport className="p-1">
            {options.map((option) => (
              <RadixSelect.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                // Radix names an option by its first line alone; without that, the hint is read too.
                aria-labelledby={undefined}
                className="relative flex min-h-9 cursor-default flex-col justify-center rounded-sm py-1.5 pr-8 pl-2 text-sm text-ink outline-none data-disabled:opacity-50 data-highlighted:bg-accent-soft"
              >
                <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                {option.hint ? <span className="text-xs text-muted">{option.hint}</span> : null}
                <RadixSelect.ItemIndicator className="absolute top-2.5 right-2">
                  <Check aria-hidden className="size-4 text-accent-text" />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}
