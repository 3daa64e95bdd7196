"use client";
import { ErrorNotice } from "@/components/shell/error-notice";

/** Stands in for a page that failed, inside its frame: the way to the other pages stays. */
export default function AdminError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorNotice error={error} retry={retry} />;
}
