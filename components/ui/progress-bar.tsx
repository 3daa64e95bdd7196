import { cn } from "./cn";
import { wholePercent } from "./percent";

/** Props of `ProgressBar`. */
export interface ProgressBarProps {
  /** What makes progress, for screen readers. */
  label: string;
  /** Done so far, in the unit of `max`; null while the amount is unknown. */
  value: number | null;
  max?: number;
  /** What a screen reader says instead of the percentage: "3 of 8 lessons". */
  valueText?: string;
  tone?: "accent" | "warning" | "danger" | "positive";
  size?: "sm" | "md";
  className?: string;
}

const tones = { accent: "bg-accent", warning: "bg-warning", danger: "bg-danger", positive: "bg-positive" } as const;

/** A bar of progress or of a used share. */
export function ProgressBar({ label, value, max = 100, valueText, tone = "accent", size = "md", className }: ProgressBarProps) {
  const percent = value === null ? null : wholePercent(value, max);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={valueText}
      className={cn("overflow-hidden rounded-full bg-line", size === "sm" ? "h-1" : "h-2", className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width] duration-180", tones[tone], percent === null && "w-1/3 animate-breathe")}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
