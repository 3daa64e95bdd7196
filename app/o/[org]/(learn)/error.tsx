"use client";
import { ErrorNotice } from "@/components/shell/error-notice";

/** Stands in for a learner's page that failed, inside the organization's frame: the way to the other pages stays. */
export default function LearnerError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorNotice error={error} retry={retry} />;
}
