"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FileNameInText } from "@/components/ui/file-name";
import type { UploadItem, UploadStatus } from "./engine/upload-item";
import { control } from "./page-uploads";
import { percentText } from "./upload-text";

/** Props of `UploadError`. */
export interface UploadErrorProps {
  item: UploadItem;
  status: Extract<UploadStatus, { name: "failed" }>;
  /** An earlier file is still in place */
  earlierKept: boolean;
  /** Opens the file dialog for another file; leave out where there is none */
  onChooseAnother: (() => void) | undefined;
}

/** What happened, what was kept, what to do. */
export function UploadError({ item, status, earlierKept, onChooseAnother }: UploadErrorProps) {
  const dismiss = () => control((uploads) => uploads.dismiss(item.id));
  return (
    <Alert
      tone="danger"
      title={
        <>
          <FileNameInText name={item.fileName} /> was not uploaded
        </>
      }
      action={
        <div className="flex flex-wrap gap-2">
          {status.canRetry ? (
            <Button variant="secondary" size="sm" onClick={() => control((uploads) => uploads.resume(item.id))}>
              Try again<span className="sr-only"> with {item.fileName}</span>
            </Button>
          ) : null}
          {onChooseAnother && !status.canRetry ? (
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                dismiss();
                onChooseAnother();
              }}
            >
              Choose another
            </Button>
          ) : null}
          <Button variant="ghost" size="sm" onClick={dismiss}>
            Dismiss<span className="sr-only"> {item.fileName}</span>
          </Button>
        </div>
      }
    >
      {status.message}
      {status.kept && item.sent > 0 ? ` ${percentText(item.sent, item.size)} has arrived and is kept; it goes on from there.` : null}
      {earlierKept ? " The file that was here before is still in place." : null}
    </Alert>
  );
}
