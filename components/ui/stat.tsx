import type { ReactNode } from "react";
import { cn } from "./cn";

/** Props of `Stat`. */
export interface StatProps {
  label: string;
  /** Written for people: "12.4 GB", "38". */
  value: ReactNode;
  /** What the figure means, or its change: "of 50 GB". */
  hint?: ReactNode;
  className?: string;
}

/** Figures side by side, parted by hairlines. */
export function StatGroup({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line md:auto-cols-fr md:grid-flow-col md:grid-cols-none max-md:[&>*:last-child:nth-child(odd)]:col-span-2",
        className,
      )}
    >
      {children}
    </dl>
  );
}

/** One figure inside a `StatGroup`. */
export function Stat({ label, value, hint, className }: StatProps) {
  return (
    <div className={cn("grid content-start gap-1 bg-surface p-4 sm:px-6 sm:py-5", className)}>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-2xl font-semibold tracking-tight tabular-nums">
        {typeof value === "number" ? value.toLocaleString("en-GB") : value}
      </dd>
      {hint ? <dd className="text-sm text-muted tabular-nums">{hint}</dd> : null}
    </div>
  );
}
