import { formatBytes } from "@/lib/core/bytes";
import type { FindingSum } from "@/lib/schemas/storage-sweep";
import { sweepSums } from "@/lib/schemas/sweep-text";

/** What a sweep found and what became of it, a line for each way. */
export function StorageSweepSums({ sums }: { sums: readonly FindingSum[] }) {
  return (
    <ul className="grid gap-0.5 text-xs tabular-nums">
      {sweepSums(sums).map(({ label, findings, bytes }) => (
        <li key={label}>
          {label}: {findings.toLocaleString("en-GB")} ({formatBytes(bytes)})
        </li>
      ))}
    </ul>
  );
}
