"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FileNameInText } from "@/components/ui/file-name";
import type { MediaView } from "@/lib/schemas/media";
import type { UploadItem } from "./engine/upload-item";
import { control } from "./page-uploads";
import { MismatchedUpload, UnfinishedUpload } from "./unfinished-upload";
import { UploadError } from "./upload-error";
import { UploadProgress } from "./upload-progress";

/** Props of `UploadPanel`. */
export interface UploadPanelProps {
  item: UploadItem;
  compact: boolean;
  earlierKept: boolean;
  onUse: (media: MediaView) => void;
  onChooseAnother: (() => void) | undefined;
}

/** One upload in its field, whatever its state, with what can be done next. */
export function UploadPanel({ item, compact, earlierKept, onUse, onChooseAnother }: UploadPanelProps) {
  const { status } = item;
  switch (status.name) {
    case "failed":
      return <UploadError item={item} status={status} earlierKept={earlierKept} onChooseAnother={onChooseAnother} />;
    case "unfinished":
      return <UnfinishedUpload item={item} status={status} />;
    case "mismatch":
      return <MismatchedUpload item={item} status={status} />;
    case "done":
      return (
        <Alert
          tone="positive"
          title={
            <>
              <FileNameInText name={item.fileName} /> is uploaded
            </>
          }
          action={
            <div className="flex flex-wrap gap-2">
              <Button variant="secondary" size="sm" onClick={() => onUse(status.media)}>
                Use this file<span className="sr-only"> {item.fileName}</span>
              </Button>
              <Button variant="ghost" size="sm" onClick={() => control((uploads) => uploads.dismiss(item.id))}>
                Dismiss<span className="sr-only"> {item.fileName}</span>
              </Button>
            </div>
          }
        >
          It is not used here yet.
        </Alert>
      );
    default:
      return <UploadProgress item={item} compact={compact} />;
  }
}
