import { ChevronLeft, ChevronRight } from "lucide-react";
import { AppLink } from "./app-link";
import { buttonVariants } from "./button-variants";
import { cn } from "./cn";

/** Props of `Pagination`. An address that is missing means there is no such page. */
export interface PaginationProps {
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** Where we are, in words: "1 to 50 of 312". */
  summary?: string;
  className?: string;
}

/** Previous and next as links, so pages can be bookmarked and opened apart. Shows nothing when there is one page only. */
export function Pagination({ previousHref, nextHref, summary, className }: PaginationProps) {
  if (!previousHref && !nextHref) return null;
  const look = buttonVariants({ variant: "secondary", size: "sm" });
  const off = cn(look, "pointer-events-none border-line bg-transparent text-muted");
  return (
    <nav aria-label="Pages" className={cn("flex items-center justify-between gap-4", className)}>
      <p className="text-sm text-muted tabular-nums">{summary}</p>
      <div className="flex gap-2">
        {previousHref ? (
          <AppLink href={previousHref} rel="prev" className={look}>
            <ChevronLeft aria-hidden /> Previous
          </AppLink>
        ) : (
          <span aria-hidden className={off}>
            <ChevronLeft /> Previous
          </span>
        )}
        {nextHref ? (
          <AppLink href={nextHref} rel="next" className={look}>
            Next <ChevronRight aria-hidden />
          </AppLink>
        ) : (
          <span aria-hidden className={off}>
            Next <ChevronRight />
          </span>
        )}
      </div>
    </nav>
  );
}
