import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { AppLink } from "./app-link";

/** One step of a path; the last has no address. */
export interface Breadcrumb {
  label: string;
  href?: string;
}

/** The path from the section to this page, on one line: long names are cut off, the page's heading has its own in full. */
export function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex items-center gap-1.5 text-sm text-muted">
        {items.map((item, index) => (
          <Fragment key={`${index}-${item.label}`}>
            {index > 0 ? (
              <li aria-hidden className="shrink-0">
                <ChevronRight className="size-3.5" />
              </li>
            ) : null}
            <li className={index === 0 ? "shrink-0" : "min-w-0"}>
              {item.href ? (
                <AppLink href={item.href} className="block truncate py-0.5 transition-colors hover:text-ink">
                  {item.label}
                </AppLink>
              ) : (
                <span aria-current="page" className="block truncate py-0.5 text-ink">
                  {item.label}
                </span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
