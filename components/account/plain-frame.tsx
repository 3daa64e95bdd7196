import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import type { ShellUser } from "@/components/shell/navigation";
import { SidecarMark } from "@/components/shell/sidecar-mark";
import { AppLink } from "@/components/ui/app-link";
import { SkipLink } from "@/components/ui/skip-link";
import { SignOutItem } from "./sign-out-item";

/** The frame of pages that belong to a person and not to an organization. Without a person only the mark stands in it. */
export function PlainFrame({ user, children }: { user: ShellUser | null; children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-line">
        <div className="container-page flex h-14 items-center justify-between gap-4">
          <AppLink href={user ? "/start" : "/"} className="flex items-center gap-2.5 rounded-sm font-semibold tracking-tight">
            <SidecarMark className="size-7" />
            Sidecar
          </AppLink>
          {user ? <AccountMenu user={user} accountHref="/account" signOut={<SignOutItem />} /> : null}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="container-page max-w-3xl py-8 sm:py-12">
        {children}
      </main>
    </>
  );
}
