import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Props of `Table`. */
export interface TableProps extends ComponentProps<"table"> {
  /** What the table holds; names the scrolling region and the table for screen readers. */
  label: string;
  /** Longest height before the body scrolls under the head, as a class: `max-h-[32rem]`. */
  frameClassName?: string;
}

/**
 * A dense table in a frame of its own: where it does not fit it scrolls there, not the page, and the frame can hold
 * the keyboard focus so arrow keys scroll it. Numbers are tabular; give numeric cells `numeric`.
 */
export function Table({ label, className, frameClassName, ...props }: TableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn("relative overflow-auto rounded-lg border border-line bg-surface", frameClassName)}
    >
      <table aria-label={label} className={cn("w-full border-collapse text-left text-sm", className)} {...props} />
    </div>
  );
}

/** The head; it stays in view while the body scrolls. */
export function TableHead({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cn("sticky top-0 z-10 bg-surface", className)} {...props} />;
}

/** The body; rows are parted by hairlines. */
export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y divide-line", className)} {...props} />;
}

/** A row; it tints under the pointer inside a body. */
export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("transition-colors in-[tbody]:hover:bg-sunken/60", className)} {...props} />;
}

interface CellAlign {
  /** Right-aligned, for numbers, sizes and sums. */
  numeric?: boolean;
}

/** A column's heading. */
export function TableHeader({ numeric = false, className, ...props }: ComponentProps<"th"> & CellAlign) {
  return (
    <th
      scope="col"
      className={cn(
        "h-10 px-3 text-xs font-medium whitespace-nowrap text-muted shadow-[inset_0_-1px_0_var(--line)] sm:px-4",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

/** A cell. */
export function TableCell({ numeric = false, className, ...props }: ComponentProps<"td"> & CellAlign) {
  return <td className={cn("h-12 px-3 py-2 align-middle sm:px-4", numeric && "text-right whitespace-nowrap", className)} {...props} />;
}
