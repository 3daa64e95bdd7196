"use client";
import * as RadixSwitch from "radix-ui/switch";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

/** Props of `Switch`: those of Radix's, a visible label, and help below it. */
export interface SwitchProps extends RadixSwitch.SwitchProps {
  label?: ReactNode;
  hint?: ReactNode;
}

/** A switch for what takes effect at once; for what waits for Save use a `Checkbox`. Label left, switch right. */
export function Switch({ label, hint, className, id, ...props }: SwitchProps) {
  const ownId = useId();
  const switchId = id ?? ownId;
  const control = (
    <RadixSwitch.Root
      id={switchId}
      aria-describedby={hint ? `${switchId}-hint` : undefined}
      className={cn(
        "relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-control bg-sunken transition-colors disabled:opacity-50",
        "data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...props}
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-[3px] rounded-full bg-line-control transition-transform data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  );
  if (!label) return control;
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="grid gap-0.5">
        <label htmlFor={switchId} className="text-sm leading-6 font-medium text-ink">
          {label}
        </label>
        {hint ? (
          <p id={`${switchId}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
      {control}
    </div>
  );
}
