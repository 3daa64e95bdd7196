import type { Metadata } from "next";
import { PlainFrame } from "@/components/account/plain-frame";
import { DocumentTitle } from "@/components/shell/document-title";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { findUserActor } from "@/lib/gates/require-actor";

const title = "Not allowed";

export const metadata: Metadata = { title };

/** For members whose role does not reach this page. */
export default async function Forbidden() {
  return (
    <PlainFrame user={await findUserActor()}>
      <DocumentTitle title={title} />
      <div className="grid max-w-xl justify-items-start gap-4 pt-4 sm:pt-8">
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
    </PlainFrame>
  );
}
