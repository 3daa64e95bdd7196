import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { MediaKind } from "@/lib/schemas/media";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import { formatBytes } from "@/lib/core/bytes";
import { MediaPreview } from "./media-preview";
import { formatTimeLeft, type TransferRate } from "./transfer-rate";
import type { UploadPhase } from "./upload-file";

function describe(phase: UploadPhase, { bytesPerSecond, secondsLeft }: TransferRate): string {
  if (phase.name === "asking") return "Preparing the upload";
  if (phase.name === "checking") return "Checking the file";
  const parts = [`${formatBytes(phase.sent)} of ${formatBytes(phase.total)}`];
  if (bytesPerSecond) parts.push(`${formatBytes(bytesPerSecond)}/s`);
  if (secondsLeft !== null) parts.push(formatTimeLeft(secondsLeft));
  return parts.join(" · ");
}

/** The file on its way. */
export function UploadProgress({
  file,
  localUrl,
  kind,
  phase,
  rate,
  onCancel,
}: {
  file: File;
  localUrl: string;
  kind: MediaKind;
  phase: UploadPhase;
  rate: TransferRate;
  onCancel: () => void;
}) {
  const contentType = mediaTypeOfName(kind, file.name)?.type ?? "";
  return (
    <div className="flex flex-col gap-4 @md:flex-row @md:items-center">
      <MediaPreview fileName={file.name} contentType={contentType} url={localUrl} />
      <div className="grid min-w-0 flex-1 gap-2">
        <p className="truncate text-sm font-medium" title={file.name}>
          {file.name}
        </p>
        <ProgressBar
          label={`Upload of ${file.name}`}
          value={phase.name === "sending" ? phase.sent : phase.name === "checking" ? null : 0}
          max={file.size}
        />
        <div className="flex items-center justify-between gap-3">
          <p className="min-w-0 text-sm text-muted tabular-nums">{describe(phase, rate)}</p>
          <Button variant="ghost" size="sm" onClick={onCancel}>
            Cancel<span className="sr-only"> the upload</span>
          </Button>
        </div>
      </div>
    </div>
  );
}
