import { Upload } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button } from "@/components/ui/button";
import { FileName } from "@/components/ui/file-name";
import { Kbd } from "@/components/ui/kbd";
import { formatBytes } from "@/lib/core/bytes";
import { formatDuration } from "@/lib/core/clock";
import type { MediaView } from "@/lib/schemas/media";
import { MediaPreview } from "./media-preview";

export interface UploadedFileProps {
  label: string;
  value: MediaView | null;
  multiple: boolean;
  disabled: boolean;
  /** Other ways to a file, such as a frame of a video */
  more: ReactNode;
  onChoose: () => void;
  onRemove: () => void;
  /** The button that chooses a file */
  ref: Ref<HTMLButtonElement>;
}

function facts({ bytes, durationMs }: MediaView): string {
  return [formatBytes(bytes), ...(durationMs === null ? [] : [formatDuration(durationMs / 1000)])].join(" · ");
}

/** The file that is there with what can be done with it, or the invitation to choose one. */
export function UploadedFile({ label, value, multiple, disabled, more, onChoose, onRemove, ref }: UploadedFileProps) {
  if (!value) {
    return (
      <div className="flex min-h-24 flex-col items-center justify-center gap-2 text-center">
        <div className="flex flex-wrap justify-center gap-2">
          <Button ref={ref} variant="secondary" disabled={disabled} onClick={onChoose}>
            <Upload aria-hidden />
            {multiple ? "Choose files" : "Choose a file"}
            <span className="sr-only"> for {label}</span>
          </Button>
          {more}
        </div>
        <p className="hidden text-sm text-muted sm:block">
          or drop {multiple ? "them" : "it"} here, or{" "}
          <span className="whitespace-nowrap">
            paste with <Kbd>Ctrl</Kbd> <Kbd>V</Kbd>
          </span>
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4 @md:flex-row @md:items-center">
      <MediaPreview
        fileName={value.fileName}
        contentType={value.contentType}
        url={value.kind === "ATTACHMENT" ? null : value.url}
        controls
        whole={value.kind === "AVATAR"}
      />
      <div className="grid min-w-0 flex-1 gap-2">
        <p className="min-w-0 text-sm font-medium">
          <FileName name={value.fileName} />
        </p>
        <p className="text-sm text-muted tabular-nums">{facts(value)}</p>
        {value.kind === "VIDEO" && value.url === null ? (
          <p className="text-sm text-muted">In cold storage: it can be played once it is back.</p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button ref={ref} variant="secondary" size="sm" disabled={disabled} onClick={onChoose}>
            Replace<span className="sr-only"> {label}</span>
          </Button>
          {more}
          <Button variant="ghost" size="sm" disabled={disabled} onClick={onRemove}>
            Remove<span className="sr-only"> {label}</span>
          </Button>
        </div>
      </div>
    </div>
  );
}
