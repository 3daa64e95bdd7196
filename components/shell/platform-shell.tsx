import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { AccountMenu } from "./account-menu";
import type { NavEntry, NavGroup, ShellUser } from "./navigation";
import { SidecarMark } from "./sidecar-mark";
import { WorkspaceFrame } from "./workspace-frame";

/** Props of `PlatformShell`. */
export interface PlatformShellProps {
  groups: readonly NavGroup[];
  homeHref: string;
  user: ShellUser;
  accountHref: string;
  accountLinks?: readonly NavEntry[];
  /** A `ShellMenuItem` that signs out. */
  signOut: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
}

/** The frame of the platform's own side. The "Platform" mark says that what is done here concerns every organization. */
export function PlatformShell({ groups, homeHref, user, accountHref, accountLinks = [], signOut, banner, children }: PlatformShellProps) {
  return (
    <WorkspaceFrame
      navLabel="Platform"
      groups={groups}
      banner={banner}
      identity={
        <AppLink href={homeHref} className="flex h-10 items-center gap-2.5 rounded-md px-1.5 hover:bg-sunken">
          <SidecarMark className="size-8" />
          <span className="text-sm font-semibold">Sidecar</span>
          <Badge tone="warning">Platform</Badge>
        </AppLink>
      }
      actions={<AccountMenu user={user} accountHref={accountHref} links={accountLinks} signOut={signOut} />}
    >
      {children}
    </WorkspaceFrame>
  );
}
