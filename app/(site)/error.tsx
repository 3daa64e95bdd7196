"use client";
import { ErrorNotice } from "@/components/shell/error-notice";

/** Stands in for a public page that failed, inside the site's frame. */
export default function SiteError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="container-page py-16 sm:py-24">
      <ErrorNotice error={error} retry={retry} />
    </div>
  );
}
