import { ChevronRight } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { formatBytes } from "@/lib/core/bytes";
import type { StorageOverview } from "@/lib/schemas/storage";
import { fileViewHref } from "./storage-paths";
import { fileCount, viewTexts } from "./storage-text";

const views = ["unwatched", "duplicates", "unused", "released"] as const;

/** What could go, each with the files behind it. `org` is the organization's slug. */
export function SavingsList({ org, savings }: { org: string; savings: StorageOverview["savings"] }) {
  return (
    <ul className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2">
      {views.map((view) => {
        const { files, bytes } = savings[view];
        return (
          <li key={view} className="relative flex items-center gap-4 bg-surface px-4 py-3 transition-colors hover:bg-sunken/60 sm:px-6">
            <div className="grid min-w-0 flex-1 gap-0.5">
              <AppLink href={fileViewHref(org, view)} className="text-sm font-medium after:absolute after:inset-0">
                {viewTexts[view].label}
              </AppLink>
              <p className="text-sm text-muted tabular-nums">{files === 0 ? "Nothing" : `${fileCount(files)}, ${formatBytes(bytes)}`}</p>
            </div>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
          </li>
        );
      })}
    </ul>
  );
}
