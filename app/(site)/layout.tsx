import type { ReactNode } from "react";
import { SidecarMark } from "@/components/shell/sidecar-mark";
import { SignInLink } from "@/components/shell/sign-in-link";
import { AppLink } from "@/components/ui/app-link";
import { SkipLink } from "@/components/ui/skip-link";
import { ThemeToggle } from "@/components/ui/theme-toggle";

/** The public pages: landing, sign-in, certificate verification. */
export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="container-page flex h-16 items-center justify-between gap-4">
        <AppLink href="/" className="flex items-center gap-2.5 rounded-sm font-semibold tracking-tight">
          <SidecarMark className="size-7" />
          Sidecar
        </AppLink>
        <SignInLink />
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
