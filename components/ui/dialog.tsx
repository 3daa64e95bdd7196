"use client";
import { X } from "lucide-react";
import * as RadixDialog from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/** Root of a dialog; give it `open` and `onOpenChange`, or a `DialogTrigger` inside. */
export const Dialog = RadixDialog.Root;
/** Opens the dialog: `<DialogTrigger asChild><Button>…</Button></DialogTrigger>`. */
export const DialogTrigger = RadixDialog.Trigger;
/** Closes the dialog, used with `asChild` as the trigger is. */
export const DialogClose = RadixDialog.Close;

/** Props of `DialogContent`. */
export interface DialogContentProps extends Omit<ComponentProps<typeof RadixDialog.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the end; on phones they stand above one another. */
  footer?: ReactNode;
  wide?: boolean;
}

/** The dialog itself: modal, the focus stays within, Escape closes. On phones it rises from the lower edge. */
export function DialogContent({ title, description, footer, wide = false, className, children, ...props }: DialogContentProps) {
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
      <RadixDialog.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] flex-col rounded-t-xl border border-line bg-surface shadow-float outline-none data-[state=open]:animate-rise",
          "sm:inset-0 sm:m-auto sm:h-fit sm:rounded-xl",
          wide ? "sm:max-w-2xl" : "sm:max-w-md",
          className,
        )}
        {...props}
      >
        <header className="grid gap-1 p-6 pr-14 pb-4">
          <RadixDialog.Title className="text-lg leading-6 font-semibold">{title}</RadixDialog.Title>
          {description ? <RadixDialog.Description className="text-sm text-muted">{description}</RadixDialog.Description> : null}
        </header>
        {children ? <div className="overflow-y-auto px-6 pt-0.5 pb-6">{children}</div> : null}
        {footer ? (
          <footer className="flex flex-col-reverse gap-2 border-t border-line px-6 py-4 sm:flex-row sm:justify-end">{footer}</footer>
        ) : null}
        <RadixDialog.Close asChild>
          <Button variant="ghost" size="icon-sm" aria-label="Close" className="absolute top-4 right-4 text-muted">
            <X aria-hidden />
          </Button>
        </RadixDialog.Close>
      </RadixDialog.Content>
    </RadixDialog.Portal>
  );
}
