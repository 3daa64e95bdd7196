"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AppLink } from "./app-link";
import { cn } from "./cn";
import { isActivePath } from "./is-active-path";
import { tabListStyles, tabStyles } from "./tab-styles";

/** One tab that is a page. */
export interface NavTab {
  href: string;
  label: ReactNode;
  /** Active only on exactly this address, not on those below it. */
  exact?: boolean;
  /** A small number after the label. */
  count?: number;
}

/** Tabs that are links; the address says which one is chosen. */
export function NavTabs({ label, tabs, className }: { label: string; tabs: readonly NavTab[]; className?: string }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cn(tabListStyles, className)}>
      {tabs.map((tab) => {
        const active = isActivePath(pathname, tab.href, tab.exact);
        return (
          <AppLink
            key={tab.href}
            href={tab.href}
            aria-current={active ? "page" : undefined}
            className={cn(tabStyles, active ? "text-ink after:bg-accent-text" : "text-muted")}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="rounded-full bg-sunken px-1.5 text-xs text-muted tabular-nums">{tab.count}</span>
            )}
          </AppLink>
        );
      })}
    </nav>
  );
}
