import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  neutral: "bg-sunken text-ink border-line",
  accent: "bg-accent-soft text-ink border-line",
  warning: "bg-warning-soft text-warning border-warning/30",
  danger: "bg-danger-soft text-danger border-danger/30",
} as const;

/** Props of `Banner`. */
export interface BannerProps {
  tone?: keyof typeof tones;
  /** Names the region for screen readers: "Billing notice". */
  label: string;
  children: ReactNode;
  /** A link or a small button at the end. */
  action?: ReactNode;
}

/** A full-width strip above a page, for what concerns the whole of it: a past-due plan, a preview. */
export function Banner({ tone = "neutral", label, children, action }: BannerProps) {
  return (
    <section
      aria-label={label}
      className={cn("flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b px-4 py-2 text-center text-sm", tones[tone])}
    >
      <p>{children}</p>
      {action}
    </section>
  );
}
