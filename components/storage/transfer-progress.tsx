import type { ReactNode } from "react";
import { ProgressBar } from "@/components/ui/progress-bar";
import { formatBytes } from "@/lib/core/bytes";

/** Props of `TransferProgress`. */
export interface TransferProgressProps {
  /** What makes progress, for screen readers. */
  label: string;
  doneBytes: number;
  bytes: number;
  /** The button that ends it. */
  action: ReactNode;
}

/** Bytes of bytes, with the button that ends it. */
export function TransferProgress({ label, doneBytes, bytes, action }: TransferProgressProps) {
  const text = `${formatBytes(doneBytes)} of ${formatBytes(bytes)}`;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="grid min-w-48 flex-1 gap-1.5">
        <ProgressBar label={label} value={doneBytes} max={Math.max(1, bytes)} valueText={text} />
        <p className="text-sm text-muted tabular-nums">{text}</p>
      </div>
      {action}
    </div>
  );
}
