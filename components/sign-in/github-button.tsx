"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { authClient } from "@/lib/auth-client";
import { failureOf } from "./sign-in-call";

/** Goes to GitHub and comes back to `next`, or to the sign-in page with the reason. */
export function GithubButton({ next, onError }: { next: string; onError: (sentence: string) => void }) {
  const [pending, setPending] = useState(false);
  const go = async () => {
    setPending(true);
    const failure = await failureOf(() =>
      authClient.signIn.social({
        provider: "github",
        callbackURL: next,
        errorCallbackURL: `/sign-in?next=${encodeURIComponent(next)}`,
      }),
    );
    if (!failure) return;
    setPending(false);
    onError(failure);
  };
  return (
    <>
      <p className="flex items-center gap-4 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <Button variant="secondary" size="lg" pending={pending} onClick={() => void go()}>
        Continue with GitHub
      </Button>
    </>
  );
}
