import type { UploadState } from "@/hooks/use-upload";

/** Said at every quarter: often enough to know that it goes on, seldom enough to bear. */
function sentence(state: UploadState, fileName: string | null): string {
  if (state.name === "failed") return "";
  if (state.name === "idle") return fileName ? `${fileName} is in place.` : "";
  const { phase, file } = state;
  if (phase.name === "asking") return `Uploading ${file.name}.`;
  if (phase.name === "checking") return `${file.name} was sent and is being checked.`;
  const quarter = Math.floor((phase.sent / phase.total) * 4) * 25;
  return quarter > 0 && quarter < 100 ? `${quarter} percent of ${file.name} sent.` : `Uploading ${file.name}.`;
}

/** Tells a screen reader how an upload goes. Failures speak for themselves: their alert is live. */
export function UploadAnnouncer({ state, fileName }: { state: UploadState; fileName: string | null }) {
  return (
    <p role="status" className="sr-only">
      {sentence(state, fileName)}
    </p>
  );
}
