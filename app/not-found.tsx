import type { Metadata } from "next";
import { PlainFrame } from "@/components/account/plain-frame";
import { SignOutButton } from "@/components/account/sign-out-button";
import { DocumentTitle } from "@/components/shell/document-title";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { findUserActor } from "@/lib/gates/require-actor";

const title = "Not found";

export const metadata: Metadata = { title };

/** For addresses that lead nowhere, and for what belongs to somebody else: both look the same. */
export default async function NotFound() {
  const actor = await findUserActor();
  return (
    <PlainFrame user={actor}>
      <DocumentTitle title={title} />
      <div className="grid max-w-xl justify-items-start gap-4 pt-4 sm:pt-8">
        <p className="font-mono text-sm text-muted">404</p>
        <h1 className="text-2xl sm:text-3xl">There is nothing at this address</h1>
        <p className="leading-7 text-muted">
          It may have been moved or removed, or it belongs to an organization that{" "}
          {actor ? "has not invited you" : "you are not signed in to"}. If somebody sent you this link, ask them to invite the address you
          sign in with
          {actor ? (
            <>
              : <strong className="font-medium wrap-anywhere text-ink">{actor.email}</strong>
            </>
          ) : null}
          .
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button asChild>
            <AppLink href={actor ? "/start" : "/"}>{actor ? "Go to your organizations" : "Go to the start"}</AppLink>
          </Button>
          {actor ? (
            <SignOutButton>Sign in with another address</SignOutButton>
          ) : (
            <Button asChild variant="secondary">
              <AppLink href="/sign-in">Sign in</AppLink>
            </Button>
          )}
        </div>
      </div>
    </PlainFrame>
  );
}
