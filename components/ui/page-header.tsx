import type { ReactNode } from "react";
import { cn } from "./cn";

/** Props of `PageHeader`. */
export interface PageHeaderProps {
  /** `Breadcrumbs`, or a few words that place the page. */
  eyebrow?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons; the primary one last. */
  actions?: ReactNode;
  /** "page" for learners and landing pages, "dense" for the admin's. */
  scale?: "page" | "dense";
  className?: string;
}

/** The head of a page, with its only `h1`. */
export function PageHeader({ eyebrow, title, description, actions, scale = "dense", className }: PageHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-end justify-between gap-x-8 gap-y-4 lg:flex-nowrap", className)}>
      <div className="grid min-w-0 grid-cols-1 gap-2">
        {eyebrow ? <div className="text-sm text-muted">{eyebrow}</div> : null}
        <h1 className={cn("min-w-0 wrap-break-word", scale === "page" ? "text-3xl sm:text-4xl" : "text-2xl")}>{title}</h1>
        {description ? (
          <div className={cn("max-w-2xl text-pretty text-muted", scale === "page" ? "text-base sm:text-lg" : "text-sm leading-6")}>
            {description}
          </div>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2 lg:shrink-0 lg:flex-nowrap">{actions}</div> : null}
    </header>
  );
}
