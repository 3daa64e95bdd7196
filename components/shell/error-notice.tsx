"use client";
import { Button } from "@/components/ui/button";

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}

/** What happened, what was kept, what to do, and the reference that finds the failure in the log. For `error.tsx` files. */
export function ErrorNotice({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <div role="alert" className="grid max-w-xl justify-items-start gap-4">
      <h1 className="text-2xl sm:text-3xl">This page could not be shown</h1>
      <p className="leading-7 text-muted">
        Something failed on our side while it was being prepared. What you saved before is kept. Trying again often helps; if it does not,{" "}
        {digest ? "send the reference below to" : "tell"} whoever runs your academy.
      </p>
      <Button onClick={retry} className="mt-2">
        Try again
      </Button>
      {digest ? (
        <p className="text-sm text-muted">
          Reference <code className="font-mono text-ink select-all">{digest}</code>
        </p>
      ) : null}
    </div>
  );
}
