"use client";
import { ErrorNotice } from "@/components/shell/error-notice";

/** Stands in for a page that failed; the layout around it stays. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="container-page py-16 sm:py-24">
      <ErrorNotice error={error} retry={retry} />
    </div>
  );
}
