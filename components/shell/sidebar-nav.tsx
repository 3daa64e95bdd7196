"use client";
import { ChevronDown } from "lucide-react";
import { usePathname } from "next/navigation";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { isActivePath } from "@/components/ui/is-active-path";
import type { NavEntry, NavGroup } from "./navigation";

function Entry({ entry, active }: { entry: NavEntry; active: boolean }) {
  return (
    <li>
      <AppLink
        href={entry.href}
        aria-current={active ? "page" : undefined}
        className={cn(
          "flex h-8 items-center gap-2.5 rounded-sm px-2 text-sm transition-colors max-lg:h-11 [&_svg]:size-4 [&_svg]:shrink-0",
          active ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-line/50 hover:text-ink",
        )}
      >
        {entry.icon}
        <span className="truncate">{entry.label}</span>
        {entry.count === undefined ? null : <span className="ml-auto text-xs tabular-nums">{entry.count}</span>}
      </AppLink>
    </li>
  );
}

/** Navigation in groups that fold; the entry of the page in view is marked. */
export function SidebarNav({ label, groups }: { label: string; groups: readonly NavGroup[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="grid gap-5">
      {groups.map((group, index) => {
        const list = (
          <ul className="grid gap-0.5">
            {group.entries.map((entry) => (
              <Entry key={entry.href} entry={entry} active={isActivePath(pathname, entry.href, entry.exact)} />
            ))}
          </ul>
        );
        if (!group.label) return <div key={index}>{list}</div>;
        return (
          <details key={group.label} open className="group/fold">
            <summary className="mb-1 flex h-6 list-none items-center justify-between rounded-sm px-2 text-xs font-medium text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
              {group.label}
              <ChevronDown aria-hidden className="size-3.5 -rotate-90 transition-transform group-open/fold:rotate-0" />
            </summary>
            {list}
          </details>
        );
      })}
    </nav>
  );
}
