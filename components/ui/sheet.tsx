"use client";
import { X } from "lucide-react";
import * as RadixDialog from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/** Props of `Sheet`. */
export interface SheetProps {
  /** The button that opens it. Leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  /** The title for screen readers only, as in a navigation drawer. */
  hideTitle?: boolean;
  side?: "left" | "right";
  children: ReactNode;
}

/** A panel from one side: navigation on phones, or the details of a row. */
export function Sheet({ trigger, open, onOpenChange, title, hideTitle = false, side = "right", children }: SheetProps) {
  const state = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <RadixDialog.Root {...state}>
      {trigger ? <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger> : null}
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className={cn(
            "fixed inset-y-0 z-50 flex w-80 max-w-[85vw] flex-col bg-surface shadow-float outline-none",
            side === "left"
              ? "left-0 border-r border-line data-[state=open]:animate-slide-right"
              : "right-0 border-l border-line data-[state=open]:animate-slide-left sm:w-96",
          )}
        >
          <div className={cn("flex items-center justify-between gap-4 py-3 pr-3 pl-6", hideTitle && "justify-end")}>
            <RadixDialog.Title className={cn("font-semibold", hideTitle && "sr-only")}>{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close" className="text-muted">
                <X aria-hidden />
              </Button>
            </RadixDialog.Close>
          </div>
          <div className="flex-1 overflow-y-auto px-6 pb-6">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
