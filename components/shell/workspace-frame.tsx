import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { FocusKeeper } from "./focus-keeper";
import { MobileNav } from "./mobile-nav";
import type { NavGroup } from "./navigation";
import { SidebarNav } from "./sidebar-nav";

/** Props of `WorkspaceFrame`. */
export interface WorkspaceFrameProps {
  /** Names the navigation for screen readers. */
  navLabel: string;
  groups: readonly NavGroup[];
  /** Top of the sidebar: the organization switcher, or the platform's mark. */
  identity: ReactNode;
  /** Foot of the sidebar, such as the storage used. */
  sidebarFooter?: ReactNode;
  /** Right side of the header. */
  actions: ReactNode;
  /** Strips above everything, such as a past-due notice. */
  banner?: ReactNode;
  children: ReactNode;
}

/** The frame of both working sides: a sidebar on laptops, a drawer on phones, a header, and the page. */
export function WorkspaceFrame({ navLabel, groups, identity, sidebarFooter, actions, banner, children }: WorkspaceFrameProps) {
  return (
    <>
      <SkipLink />
      <FocusKeeper />
      {banner}
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="sticky top-0 flex h-dvh flex-col gap-5 overflow-y-auto border-r border-line bg-sunken/60 px-3 py-3 max-lg:hidden">
          {identity}
          <SidebarNav label={navLabel} groups={groups} />
          {sidebarFooter ? <div className="mt-auto">{sidebarFooter}</div> : null}
        </aside>
        <div className="min-w-0">
          <header className="sticky top-0 z-30 flex h-14 items-center justify-between gap-4 border-b border-line bg-paper px-4 sm:px-6 lg:px-8">
            <div className="flex min-w-0 items-center gap-1 lg:hidden">
              <MobileNav>
                <SidebarNav label={navLabel} groups={groups} />
                {sidebarFooter}
              </MobileNav>
              {identity}
            </div>
            <div className="ml-auto flex items-center gap-2">{actions}</div>
          </header>
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-6 lg:px-8 lg:py-8">
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
