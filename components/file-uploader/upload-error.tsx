"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FileNameInText } from "@/components/ui/file-name";
import type { UploadItem, UploadStatus } from "./engine/upload-item";
import { ChooseFileButton } from "./choose-file-button";
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
  // The browser holds a file as it was when it was chosen; after hours it may not hold it at all.
  const choosesAgain = status.code === "FILE_UNREADABLE" || status.code === "FILE_CHANGED";
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
          {status.code === "UNAUTHENTICATED" ? (
            <Button asChild size="sm">
              {/* In another tab: this one has the file, and what was typed. */}
              <a href="/sign-in" target="_blank" rel="noopener">
                Sign in<span className="sr-only"> in a new tab</span>
              </a>
            </Button>
          ) : null}
          {choosesAgain ? (
            <ChooseFileButton
              kind={item.kind}
              variant="secondary"
              size="sm"
              onFile={(file) => control((uploads) => uploads.provideFile(item.id, file))}
            >
              Choose the file again
            </ChooseFileButton>
          ) : null}
          {status.canRetry ? (
            <Button variant="secondary" size="sm" onClick={() => control((uploads) => uploads.resume(item.id))}>
              Try again<span className="sr-only"> with {item.fileName}</span>
            </Button>
          ) : null}
          {onChooseAnother && !status.canRetry && !choosesAgain ? (
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
