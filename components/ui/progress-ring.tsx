import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { wholePercent } from "./percent";

/** Props of `ProgressRing`. */
export interface ProgressRingProps {
  label: string;
  value: number;
  max?: number;
  /** Edge length in CSS pixels. */
  size?: number;
  /** Shown in the middle; a check mark when all is done. Rings under 32 px hold nothing. */
  children?: ReactNode;
  className?: string;
}

/** A ring of progress. */
export function ProgressRing({ label, value, max = 100, size = 48, children, className }: ProgressRingProps) {
  const percent = wholePercent(value, max);
  const stroke = size < 32 ? 2.5 : 4;
  const radius = (size - stroke) / 2;
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn("relative inline-grid shrink-0 place-items-center", className)}
      style={{ width: size, height: size }}
    >
      <svg aria-hidden viewBox={`0 0 ${size} ${size}`} className="col-start-1 row-start-1 size-full -rotate-90">
        <circle cx={size / 2} cy={size / 2} r={radius} fill="none" strokeWidth={stroke} className="stroke-line" />
        {percent > 0 ? (
          <circle
            cx={size / 2}
            cy={size / 2}
            r={radius}
            fill="none"
            strokeWidth={stroke}
            strokeLinecap="round"
            pathLength={100}
            strokeDasharray={`${percent} 100`}
            className="stroke-accent"
          />
        ) : null}
      </svg>
      {size < 32 ? null : (
        <span className="col-start-1 row-start-1 text-xs font-medium tabular-nums">
          {percent === 100 ? <Check aria-hidden className="size-4 text-accent-text" /> : children}
        </span>
      )}
    </span>
  );
}
