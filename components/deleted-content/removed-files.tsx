"use client";
import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FileName } from "@/components/ui/file-name";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import type { RemovedFile } from "@/lib/schemas/deleted-content";
import type { MediaKind, MediaView } from "@/lib/schemas/media";

/** Props of `RemovedFiles`. */
export interface RemovedFilesProps {
  /** Everything that was removed from the form's subject. */
  files: readonly RemovedFile[];
  kind: MediaKind;
  /** Ids of what is in the field: not offered again. */
  inPlace: readonly string[];
  /** The field takes no more. */
  disabled?: boolean;
  /** Puts a file into the field; saving the form makes it count. */
  onPutBack: (file: MediaView) => void;
}

/** Under a field for files: what was removed from it and can still be put back. Nothing where there is nothing. */
export function RemovedFiles({ files, kind, inPlace, disabled = false, onPutBack }: RemovedFilesProps) {
  const offered = files.filter((file) => file.kind === kind && !inPlace.includes(file.id));
  if (offered.length === 0) return null;
  return (
    <div className="grid gap-1">
      <p className="text-xs font-medium text-muted">Recently removed</p>
      <ul aria-label="Removed files" className="divide-y divide-line rounded-md border border-dashed border-line-strong">
        {offered.map(({ keptUntil, ...file }) => (
          <li key={file.id} className="flex items-center gap-2 py-1.5 pr-1.5 pl-3 text-sm">
            <span className="grid min-w-0 flex-1">
              <FileName name={file.fileName} />
              <span className="text-xs text-pretty text-muted tabular-nums">
                {formatBytes(file.bytes)}, kept until <Time value={keptUntil} format="datetime" />
              </span>
            </span>
            <Button variant="ghost" size="sm" disabled={disabled} onClick={() => onPutBack(file)}>
              <Undo2 aria-hidden /> Put back<span className="sr-only"> {file.fileName}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
