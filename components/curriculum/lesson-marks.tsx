import { FileText, Paperclip, Video } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { formatDuration } from "@/lib/core/clock";
import type { CurriculumLesson } from "@/lib/schemas/chapter";

/** What a lesson holds, in small marks; a lesson with nothing says so. */
export function LessonMarks({ lesson }: { lesson: CurriculumLesson }) {
  const { hasVideo, hasText, durationMs, attachments } = lesson;
  if (!hasVideo && !hasText) return <Badge tone="warning">Empty</Badge>;
  return (
    <span className="flex shrink-0 items-center gap-3 text-xs text-muted tabular-nums [&_svg]:size-3.5">
      {attachments > 0 ? (
        <span className="flex items-center gap-1 max-sm:hidden" title="Attachments">
          <Paperclip aria-hidden /> {attachments} <span className="sr-only">{attachments === 1 ? "attachment" : "attachments"}</span>
        </span>
      ) : null}
      {hasText ? (
        <span title="Text">
          <FileText aria-hidden />
          <span className="sr-only">Text</span>
        </span>
      ) : null}
      {hasVideo ? (
        <span className="flex items-center gap-1" title="Video">
          <Video aria-hidden />
          <span className="sr-only">Video</span>
          {durationMs === null ? null : formatDuration(durationMs / 1000)}
        </span>
      ) : null}
    </span>
  );
}
