import type { Metadata } from "next";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** For addresses that lead nowhere, and for what belongs to somebody else: both look the same. */
export default function NotFound() {
  return (
    <main id="main" className="container-page grid max-w-xl justify-items-start gap-4 py-24">
      <p className="font-mono text-sm text-muted">404</p>
      <h1 className="text-2xl sm:text-3xl">There is nothing at this address</h1>
      <p className="leading-7 text-muted">
        It may have been moved or removed, or it belongs to an organization you are not signed in to. If somebody sent you this link, ask
        them to invite the address you sign in with.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button asChild>
          <AppLink href="/">Go to the start</AppLink>
        </Button>
        <Button asChild variant="secondary">
          <AppLink href="/sign-in">Sign in with another address</AppLink>
        </Button>
      </div>
    </main>
  );
}
