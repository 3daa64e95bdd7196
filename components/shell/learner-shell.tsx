import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { SkipLink } from "@/components/ui/skip-link";
import { AccountMenu } from "./account-menu";
import { LearnerNav } from "./learner-nav";
import type { NavEntry, ShellOrganization, ShellUser } from "./navigation";
import { OrganizationSwitcher } from "./organization-switcher";

/** Props of `LearnerShell`. */
export interface LearnerShellProps {
  organization: ShellOrganization;
  /** The person's other organizations; with them the name becomes a switcher. */
  organizations?: readonly ShellOrganization[];
  /** Home, Courses and such, two to four, each with an icon for the phone's tab bar. */
  entries: readonly NavEntry[];
  user: ShellUser;
  accountHref: string;
  /** Places such as "Admin", for those who may. */
  accountLinks?: readonly NavEntry[];
  /** A `ShellMenuItem` that signs out. */
  signOut: ReactNode;
  /** A `PreviewBanner` or another strip above everything. */
  banner?: ReactNode;
  /** Let the page use the whole width, as the lesson page does. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of the learner's side. It starts on a phone: a slim top bar, and the places at the thumb. */
export function LearnerShell({
  organization,
  organizations = [],
  entries,
  user,
  accountHref,
  accountLinks = [],
  signOut,
  banner,
  wide = false,
  children,
}: LearnerShellProps) {
  return (
    <>
      <SkipLink />
      {banner}
      <header className="sticky top-0 z-30 border-b border-line bg-paper">
        <div className={cn("flex h-14 items-center gap-4", wide ? "px-4 sm:px-6" : "container-page")}>
          <OrganizationSwitcher current={organization} organizations={organizations} className="-ml-1.5" />
          <LearnerNav entries={entries} place="top" />
          <div className="ml-auto">
            <AccountMenu user={user} accountHref={accountHref} links={accountLinks} signOut={signOut} />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={cn("pb-24 sm:pb-16", !wide && "container-page pt-6 sm:pt-10")}>
        {children}
      </main>
      <LearnerNav entries={entries} place="bottom" />
    </>
  );
}
