import { LayoutGrid } from "lucide-react";
import type { ReactNode } from "react";
import { SignOutItem } from "@/components/account/sign-out-item";
import { AccountMenu } from "@/components/shell/account-menu";
import { SidecarMark } from "@/components/shell/sidecar-mark";
import { SignInLink } from "@/components/shell/sign-in-link";
import { AppLink } from "@/components/ui/app-link";
import { SkipLink } from "@/components/ui/skip-link";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { findUserActor } from "@/lib/gates/require-actor";

const start = { label: "Your organizations", href: "/start", icon: <LayoutGrid aria-hidden /> };

/** The public pages: landing, sign-in, certificate verification. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const user = await findUserActor();
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="container-page flex h-16 items-center justify-between gap-4">
        <AppLink href="/" className="flex items-center gap-2.5 rounded-sm font-semibold tracking-tight">
          <SidecarMark className="size-7" />
          Sidecar
        </AppLink>
        {user ? <AccountMenu user={user} accountHref="/account" links={[start]} signOut={<SignOutItem />} /> : <SignInLink />}
      </header>
      <main id="main" tabIndex={-1} className="flex-1">
        {children}
      </main>
      <footer className="mt-16 border-t border-line">
        <div className="container-page flex flex-wrap items-center justify-between gap-4 py-6 text-sm text-muted">
          <p>Sidecar, the academy that rides along with your client.</p>
          <ThemeToggle />
        </div>
      </footer>
    </div>
  );
}
