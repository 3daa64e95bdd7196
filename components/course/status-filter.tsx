import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { hrefWith } from "@/lib/core/page-href";
import { courseStatuses, statusLabels, type CourseStatus } from "@/lib/schemas/course";
import { coursesPath } from "./author-paths";

/** Props of `StatusFilter`. */
export interface StatusFilterProps {
  org: string;
  search: string;
  chosen: CourseStatus | null;
  counts: Record<CourseStatus, number>;
}

/** The states as links, each with how many courses the search finds in it. */
export function StatusFilter({ org, search, chosen, counts }: StatusFilterProps) {
  const all = counts.DRAFT + counts.PUBLISHED + counts.ARCHIVED;
  const entries = [
    { status: null, label: "All", count: all },
    ...courseStatuses.map((status) => ({ status, label: statusLabels[status], count: counts[status] })),
  ];
  return (
    <nav aria-label="Filter by state" className="flex flex-wrap gap-1">
      {entries.map(({ status, label, count }) => (
        <AppLink
          key={label}
          href={hrefWith(coursesPath(org), { q: search, status: status ?? undefined })}
          aria-current={status === chosen ? "true" : undefined}
          className={cn(
            "inline-flex h-8 items-center gap-1.5 rounded-full px-3 text-sm transition-colors",
            status === chosen ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-sunken hover:text-ink",
          )}
        >
          {label} <span className="tabular-nums">{count}</span>
        </AppLink>
      ))}
    </nav>
  );
}
