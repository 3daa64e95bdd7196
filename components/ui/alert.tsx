import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  neutral: { icon: Info, look: "border-line-strong bg-sunken", mark: "text-muted" },
  positive: { icon: CircleCheck, look: "border-positive/30 bg-positive-soft", mark: "text-positive" },
  warning: { icon: TriangleAlert, look: "border-warning/30 bg-warning-soft", mark: "text-warning" },
  danger: { icon: CircleAlert, look: "border-danger/30 bg-danger-soft", mark: "text-danger" },
} as const;

/** Props of `Alert`. */
export interface AlertProps {
  tone?: keyof typeof tones;
  title?: ReactNode;
  /** What happened, what was kept, what to do. */
  children?: ReactNode;
  /** A small button or link. */
  action?: ReactNode;
  /**
   * Announce at once: for messages that appear after the page did, such as a failed save.
   * Leave out for those that are there from the start.
   */
  live?: boolean;
  className?: string;
}

/** A message inside the page. */
export function Alert({ tone = "neutral", title, children, action, live = false, className }: AlertProps) {
  const { icon: Icon, look, mark } = tones[tone];
  const role = live ? (tone === "danger" || tone === "warning" ? "alert" : "status") : undefined;
  return (
    <div role={role} className={cn("flex gap-3 rounded-lg border px-4 py-3 text-sm", look, className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", mark)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid gap-0.5 leading-5 text-ink">
          {title ? <p className="font-medium">{title}</p> : null}
          {children ? <div>{children}</div> : null}
        </div>
        {action}
      </div>
    </div>
  );
}
