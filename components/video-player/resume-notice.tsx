import { formatDuration } from "@/lib/core/clock";
import { Button } from "@/components/ui/button";

/** Says where the video goes on, and offers its beginning. */
export function ResumeNotice({ positionMs, onStartOver }: { positionMs: number; onStartOver: () => void }) {
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
      <span>Resumed at {formatDuration(Math.floor(positionMs / 1000))}</span>
      <span aria-hidden>·</span>
      <Button variant="link" size="sm" onClick={onStartOver}>
        Start over
      </Button>
    </p>
  );
}
