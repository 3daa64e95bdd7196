import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { fileViews, type FileView } from "@/lib/schemas/storage";
import { fileViewHref } from "./storage-paths";
import { viewTexts } from "./storage-text";

/** The ways of looking at the files, as links. `org` is the organization's slug. */
export function FileViewLinks({ org, chosen }: { org: string; chosen: FileView }) {
  return (
    <nav aria-label="Which files" className="flex flex-wrap gap-1">
      {fileViews.map((view) => (
        <AppLink
          key={view}
          href={fileViewHref(org, view)}
          aria-current={view === chosen ? "page" : undefined}
          className={cn(
            "inline-flex h-8 items-center rounded-full px-3 text-sm transition-colors max-sm:h-11",
            view === chosen ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-sunken hover:text-ink",
          )}
        >
          {viewTexts[view].label}
        </AppLink>
      ))}
    </nav>
  );
}
