"use client";
import { usePathname } from "next/navigation";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { isActivePath } from "@/components/ui/is-active-path";
import type { NavEntry } from "./navigation";

/** The learner's few places: links in the top bar from 640 px, a tab bar at the lower edge of a phone. */
export function LearnerNav({ entries, place }: { entries: readonly NavEntry[]; place: "top" | "bottom" }) {
  const pathname = usePathname();
  const bottom = place === "bottom";
  return (
    <nav
      aria-label="Academy"
      className={
        bottom
          ? "fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
          : "flex gap-1 max-sm:hidden"
      }
    >
      {entries.map((entry) => {
        const active = isActivePath(pathname, entry.href, entry.exact);
        return (
          <AppLink
            key={entry.href}
            href={entry.href}
            aria-current={active ? "page" : undefined}
            className={cn(
              "transition-colors",
              bottom
                ? "grid h-14 flex-1 content-center justify-items-center gap-1 text-xs focus-visible:-outline-offset-2 [&_svg]:size-5"
                : "flex h-9 items-center rounded-md px-3 text-sm [&_svg]:hidden",
              active ? "font-medium text-accent-text" : "text-muted hover:text-ink",
              active && !bottom && "bg-accent-soft",
            )}
          >
            {entry.icon}
            {entry.label}
          </AppLink>
        );
      })}
    </nav>
  );
}
