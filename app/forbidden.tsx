import type { Metadata } from "next";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not allowed" };

/** For members whose role does not reach this page. */
export default function Forbidden() {
  return (
    <div className="container-page grid max-w-xl justify-items-start gap-4 py-24">
      <p className="font-mono text-sm text-muted">403</p>
      <h1 className="text-2xl sm:text-3xl">Your role does not open this page</h1>
      <p className="leading-7 text-muted">
        You are signed in and belong to this organization, but this page is for another role. An owner or admin of the organization can
        change yours.
      </p>
      <Button asChild className="mt-2">
        <AppLink href="/start">Go to your organizations</AppLink>
      </Button>
    </div>
  );
}
