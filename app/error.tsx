"use client";
import { ErrorNotice } from "@/components/shell/error-notice";

/** Stands in for a page whose own section has no error page; only the document is left around it. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" className="container-page py-16 sm:py-24">
      <ErrorNotice error={error} retry={retry} />
    </main>
  );
}
