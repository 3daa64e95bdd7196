import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/lib/core/bytes";
import { WARNING_LEVELS, type StorageLevel } from "@/lib/schemas/storage";
import { storagePath } from "./storage-paths";

const [warning, danger] = WARNING_LEVELS;

/** A strip above an admin's pages once storage is nearly full; nothing before that. `org` is the organization's slug. */
export function StorageBanner({ org, level }: { org: string; level: StorageLevel }) {
  const { percent, usedBytes, reservedBytes, limitBytes } = level;
  if (percent < warning) return null;
  const free = Math.max(0, limitBytes - usedBytes - reservedBytes);
  return (
    <section
      aria-label="Storage notice"
      className={cn(
        "flex flex-wrap justify-center gap-x-4 gap-y-1 px-4 py-2 text-center text-sm tabular-nums",
        percent >= danger ? "bg-danger-soft text-danger" : "bg-warning-soft text-warning",
      )}
    >
      <p>
        Storage is {Math.floor(percent)}% full: {formatBytes(free)} of {formatBytes(limitBytes)} is free.
        {percent >= danger ? " Uploads that do not fit are refused." : ""}
      </p>
      <AppLink href={storagePath(org)} className="font-medium underline underline-offset-4">
        See what takes the space
      </AppLink>
    </section>
  );
}
