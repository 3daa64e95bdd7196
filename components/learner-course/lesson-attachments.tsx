import { Download, Paperclip } from "lucide-react";
import { FileName } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/core/bytes";
import type { LearnerLesson } from "@/lib/schemas/learner-course";
import { downloadPath } from "./learner-paths";

/** Files to take along; each link leads to a fresh signed address. */
export function LessonAttachments({ org, attachments }: { org: string; attachments: LearnerLesson["attachments"] }) {
  if (attachments.length === 0) return null;
  return (
    <section aria-label="Attachments" className="grid gap-3">
      <h2 className="text-base">Attachments</h2>
      <ul className="grid divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {attachments.map((file) => (
          <li key={file.id}>
            <a
              href={downloadPath(org, file.id)}
              download={file.fileName}
              className="flex min-h-12 items-center gap-3 px-4 py-2.5 text-sm -outline-offset-2 transition-colors hover:bg-sunken"
            >
              <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 flex-1">
                <FileName name={file.fileName} />
              </span>
              <span className="shrink-0 text-xs text-muted tabular-nums">{formatBytes(file.bytes)}</span>
              <Download aria-hidden className="size-4 shrink-0 text-muted" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
