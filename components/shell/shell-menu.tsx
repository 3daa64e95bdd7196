"use client";
import { useId, useRef, type ComponentProps, type MouseEvent, type ReactNode, type ToggleEvent } from "react";
import { AppLink, type AppLinkProps } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";

/** Props of `ShellMenu`. */
export interface ShellMenuProps {
  /** What the button shows; its text names it. */
  trigger: ReactNode;
  triggerClassName?: string;
  /** Names the panel for screen readers. */
  label: string;
  /** The edge of the button that the panel keeps to. */
  align: "start" | "end";
  /** `ShellMenuLink`, `ShellMenuItem`, `ShellMenuSeparator`, or any control. */
  children: ReactNode;
}

const GAP = 6;
const EDGE = 8;

/**
 * A panel of links and buttons under a button in the header. It is the browser's own popover: Escape and a press outside
 * close it, the focus returns, Tab walks through it. Every page carries it, and it weighs 1 kB where the `DropdownMenu` weighs 37.
 */
export function ShellMenu({ trigger, triggerClassName, label, align, children }: ShellMenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  const place = (event: ToggleEvent<HTMLDivElement>) => {
    const around = button.current?.getBoundingClientRect();
    if (event.newState !== "open" || !around) return;
    const { style } = event.currentTarget;
    style.top = `${around.bottom + GAP}px`;
    if (align === "start") style.left = `${Math.max(EDGE, around.left)}px`;
    else style.right = `${Math.max(EDGE, document.documentElement.clientWidth - around.right)}px`;
  };
  const closeAfterLink = (event: MouseEvent<HTMLDivElement>) => {
    if (event.target instanceof Element && event.target.closest("a")) event.currentTarget.hidePopover();
  };

  return (
    <>
      <button ref={button} type="button" popoverTarget={id} className={triggerClassName}>
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        onBeforeToggle={place}
        onClick={closeAfterLink}
        className="inset-auto m-0 max-h-[calc(100dvh-5rem)] w-64 max-w-[calc(100vw-1rem)] animate-rise overflow-y-auto rounded-md border border-line bg-raised p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </>
  );
}

const itemStyles =
  "flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2 py-1.5 text-left text-sm transition-colors hover:bg-accent-soft focus-visible:-outline-offset-2 aria-disabled:opacity-50 max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

/** A place to go. */
export function ShellMenuLink({ className, ...props }: AppLinkProps) {
  return <AppLink className={cn(itemStyles, className)} {...props} />;
}

/** An act, such as signing out. The panel stays open: the act closes it by leading elsewhere. */
export function ShellMenuItem({ className, ...props }: ComponentProps<"button">) {
  return <button type="button" className={cn(itemStyles, className)} {...props} />;
}

/** A hairline between groups. */
export function ShellMenuSeparator() {
  return <hr className="-mx-1 my-1 border-line" />;
}
