import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { AccountMenu } from "./account-menu";
import type { NavEntry, NavGroup, ShellUser } from "./navigation";
import { WorkspaceFrame } from "./workspace-frame";

/** Props of `AdminShell`. */
export interface AdminShellProps {
  groups: readonly NavGroup[];
  /** An `OrganizationSwitcher`. */
  switcher: ReactNode;
  /** Where "View as learner" leads; leave out where the person may not. */
  learnerHref?: string;
  user: ShellUser;
  accountHref: string;
  accountLinks?: readonly NavEntry[];
  /** A `ShellMenuItem` that signs out. */
  signOut: ReactNode;
  banner?: ReactNode;
  sidebarFooter?: ReactNode;
  children: ReactNode;
}

/** The frame of an organization's admin side. */
export function AdminShell({
  groups,
  switcher,
  learnerHref,
  user,
  accountHref,
  accountLinks = [],
  signOut,
  banner,
  sidebarFooter,
  children,
}: AdminShellProps) {
  return (
    <WorkspaceFrame
      navLabel="Administration"
      groups={groups}
      identity={switcher}
      sidebarFooter={sidebarFooter}
      banner={banner}
      actions={
        <>
          {learnerHref ? (
            <Button asChild variant="secondary" size="sm">
              <AppLink href={learnerHref} aria-label="View as learner">
                <Eye aria-hidden />
                <span className="max-sm:hidden">View as learner</span>
              </AppLink>
            </Button>
          ) : null}
          <AccountMenu user={user} accountHref={accountHref} links={accountLinks} signOut={signOut} />
        </>
      }
    >
      {children}
    </WorkspaceFrame>
  );
}
