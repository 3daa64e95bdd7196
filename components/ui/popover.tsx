"use client";
import * as RadixPopover from "radix-ui/popover";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Root of a popover: a small non-modal panel at its trigger. */
export const Popover = RadixPopover.Root;
/** Opens the popover; used with `asChild` around a `Button`. */
export const PopoverTrigger = RadixPopover.Trigger;
/** Closes the popover, used with `asChild`. */
export const PopoverClose = RadixPopover.Close;

/** The panel; give it an `aria-label` or a heading. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof RadixPopover.Content>) {
  return (
    <RadixPopover.Portal>
      <RadixPopover.Content
        sideOffset={6}
        align="start"
        collisionPadding={8}
        className={cn(
          "z-50 w-72 rounded-md border border-line bg-raised p-4 text-sm text-ink shadow-float outline-none data-[state=open]:animate-rise",
          className,
        )}
        {...props}
      />
    </RadixPopover.Portal>
  );
}
