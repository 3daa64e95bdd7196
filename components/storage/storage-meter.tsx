import { cn } from "@/components/ui/cn";
import { Card, CardBody } from "@/components/ui/card";
import { formatBytes } from "@/lib/core/bytes";
import { WARNING_LEVELS, type FileSum, type StorageCost, type StorageLevel } from "@/lib/schemas/storage";
import { fullness } from "./storage-text";

const share = (bytes: number, limit: number) => `${limit > 0 ? Math.min(100, (bytes / limit) * 100) : 0}%`;

function usedTone(percent: number): string {
  const [warning, danger] = WARNING_LEVELS;
  if (percent >= danger) return "bg-danger";
  return percent >= warning ? "bg-warning" : "bg-accent";
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-2">
      <span aria-hidden className={cn("size-2.5 rounded-full", className)} />
      {children}
    </li>
  );
}

const money = (amount: number, currency: string) =>
  amount < 0.01 ? `Less than 0.01 ${currency}` : `About ${amount.toFixed(2)} ${currency}`;

/** How full the organization's storage is: used (of that in cold storage), set aside for uploads under way, free; and where a price is set, about what it costs. */
export function StorageMeter({ level, cold, cost }: { level: StorageLevel; cold: FileSum; cost: StorageCost | null }) {
  const { usedBytes, reservedBytes, limitBytes, percent } = level;
  const free = Math.max(0, limitBytes - usedBytes - reservedBytes);
  const words = `${formatBytes(usedBytes + reservedBytes)} of ${formatBytes(limitBytes)}`;
  const tone = usedTone(percent);
  const used = `${formatBytes(usedBytes)} used${cold.bytes > 0 ? `, of which ${formatBytes(cold.bytes)} in cold storage` : ""}`;
  return (
    <Card>
      <CardBody className="grid gap-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="text-2xl font-semibold tracking-tight tabular-nums">{words}</p>
          <p className="text-sm text-muted tabular-nums">{fullness(percent)} full</p>
        </div>
        <div
          role="meter"
          aria-label="Storage used"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.min(100, Math.floor(percent))}
          aria-valuetext={words}
          className="flex h-3 overflow-hidden rounded-full bg-line"
        >
          <div className={cn(tone, usedBytes > 0 && "min-w-1")} style={{ width: share(usedBytes, limitBytes) }} />
          <div className={cn(tone, "opacity-45")} style={{ width: share(reservedBytes, limitBytes) }} />
        </div>
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted tabular-nums">
          <Key className={tone}>{used}</Key>
          {reservedBytes > 0 ? <Key className={cn(tone, "opacity-45")}>{`${formatBytes(reservedBytes)} for uploads under way`}</Key> : null}
          <Key className="bg-line-strong">{`${formatBytes(free)} free`}</Key>
        </ul>
        {cost ? (
          <p className="text-sm text-muted tabular-nums">
            {money(cost.amount, cost.currency)} a month, at {cost.pricePerGb} {cost.currency} for each GB
            {cost.coldPricePerGb === undefined ? null : ` and ${cost.coldPricePerGb} ${cost.currency} in cold storage`}.
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}
