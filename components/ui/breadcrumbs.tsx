import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { AppLink } from "./app-link";

/** One step of a path; the last has no address. */
export interface Breadcrumb {
  label: string;
  href?: string;
}

/** The path from the section to this page. */
export function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
        {items.map((item, index) => (
          <Fragment key={`${index}-${item.label}`}>
            {index > 0 ? (
              <li aria-hidden>
                <ChevronRight className="size-3.5" />
              </li>
            ) : null}
            <li className="min-w-0">
              {item.href ? (
                <AppLink href={item.href} className="transition-colors hover:text-ink">
                  {item.label}
                </AppLink>
              ) : (
                <span aria-current="page" className="text-ink">
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
