import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** Props of `EmptyState`. */
export interface EmptyStateProps {
  icon?: LucideIcon;
  /** What is missing: "No courses yet". */
  title: string;
  /** What would be here, and how it gets here. */
  children?: ReactNode;
  /** The next step, a `Button`. */
  action?: ReactNode;
  /** Level of the heading; choose by the page's outline. */
  level?: 2 | 3;
  className?: string;
}

/** What a list shows while it has nothing, with the next step. */
export function EmptyState({ icon: Icon, title, children, action, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div
      className={cn(
        "grid justify-items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-12 text-center sm:py-16",
        className,
      )}
    >
      {Icon ? (
        <span className="mb-2 grid size-12 place-items-center rounded-full bg-accent-soft text-accent-text">
          <Icon aria-hidden strokeWidth={1.5} className="size-6" />
        </span>
      ) : null}
      <Heading className="text-base font-semibold">{title}</Heading>
      {children ? <div className="max-w-md text-sm leading-6 text-pretty text-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
