"use client";
import * as Toolbar from "radix-ui/toolbar";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** Props of `ToolbarButton`. */
export interface ToolbarButtonProps extends ComponentProps<typeof Toolbar.Button> {
  label: string;
  /** Pressed, for what can be on or off; leave out for a plain act. */
  active?: boolean;
}

/** One icon in the editor's toolbar; arrow keys move between them. */
export function ToolbarButton({ label, active, className, ...props }: ToolbarButtonProps) {
  return (
    <Toolbar.Button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={active}
      className={cn(
        "grid size-8 shrink-0 place-items-center rounded-sm text-muted transition-colors hover:bg-sunken hover:text-ink",
        "disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-accent-text [&_svg]:size-4",
        className,
      )}
      {...props}
    />
  );
}
