import * as Slot from "radix-ui/slot";
import type { ComponentProps, MouseEvent } from "react";
import { buttonVariants, type ButtonLook } from "./button-variants";
import { cn } from "./cn";
import { Spinner } from "./spinner";

/** Props of `Button`: those of `<button>`, and the looks below. */
export interface ButtonProps extends ComponentProps<"button">, ButtonLook {
  /** Work is under way: a spinner covers the label, the width stays, presses are ignored, the focus is kept. */
  pending?: boolean;
  /** Give the looks to the one child instead, for links: `<Button asChild><AppLink href="/x">Open</AppLink></Button>`. */
  asChild?: boolean;
}

/**
 * A button. `type` is "button" unless said. An icon-only button needs an `aria-label`.
 * A pending button is not `disabled`: that would drop the keyboard focus and hide it from screen readers.
 */
export function Button({
  variant,
  size,
  pending = false,
  asChild = false,
  className,
  children,
  type = "button",
  onClick,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    );
  }
  const ignore = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <button
      type={type}
      className={classes}
      onClick={pending ? ignore : onClick}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      {...props}
    >
      {pending ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
