import { Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FileName } from "@/components/ui/file-name";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useSecondsLeft } from "@/hooks/use-seconds-left";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import { CancelUpload } from "./cancel-upload";
import type { UploadItem } from "./engine/upload-item";
import { MediaPreview } from "./media-preview";
import { control } from "./page-uploads";
import { paceText, percentText, progressText } from "./upload-text";

/** Props of `UploadProgress`. */
export interface UploadProgressProps {
  item: UploadItem;
  /** In a list: without a look at the file */
  compact: boolean;
}

/** An upload on its way: how far, how fast, and pause, go on, cancel. Numbers that grow move nothing. */
export function UploadProgress({ item, compact }: UploadProgressProps) {
  const { status, fileName, size, sent } = item;
  const seconds = useSecondsLeft(status, status.name === "waiting" ? status.seconds : null);
  const paused = status.name === "paused";
  const pace = paceText(item);
  // What is in storage already can't be stopped on its way.
  const stoppable = status.name !== "checking";
  const Mark = paused ? Play : Pause;
  return (
    <div className="flex flex-col gap-4 @md:flex-row @md:items-center">
      {compact || !item.localUrl ? null : (
        <MediaPreview
          fileName={fileName}
          contentType={mediaTypeOfName(item.kind, fileName)?.type ?? ""}
          url={item.localUrl}
          whole={item.kind === "AVATAR"}
        />
      )}
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-2">
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 text-sm font-medium">
            <FileName name={fileName} />
          </p>
          {stoppable ? (
            <div className="-my-1.5 -mr-2 flex shrink-0 pointer-coarse:-my-3">
              <Button
                variant="ghost"
                size="icon-sm"
                title={paused ? "Resume" : "Pause"}
                aria-label={`${paused ? "Resume" : "Pause"} the upload of ${fileName}`}
                onClick={() => control((uploads) => (paused ? uploads.resume(item.id) : uploads.pause(item.id)))}
              >
                <Mark aria-hidden />
              </Button>
              <CancelUpload item={item} verb="Cancel" />
            </div>
          ) : null}
        </div>
        <ProgressBar
          label={`Upload of ${fileName}`}
          value={status.name === "checking" || status.name === "preparing" ? null : sent}
          max={size}
          valueText={status.name === "checking" ? "Being checked" : percentText(sent, size)}
          tone={paused ? "warning" : "accent"}
        />
        <div className="flex flex-col gap-x-3 text-sm text-muted tabular-nums @md:flex-row @md:flex-wrap @md:justify-between">
          <p>{progressText(item, seconds)}</p>
          {pace === null ? null : <p className="min-h-5">{pace}</p>}
        </div>
      </div>
    </div>
  );
}
