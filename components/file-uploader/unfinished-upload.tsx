"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CancelUpload } from "./cancel-upload";
import { ChooseFileButton } from "./choose-file-button";
import type { UploadItem, UploadStatus } from "./engine/upload-item";
import { control } from "./page-uploads";
import { keptUntilText, percentText } from "./upload-text";

type Props<Name extends UploadStatus["name"]> = { item: UploadItem; status: Extract<UploadStatus, { name: Name }> };

function goOnWith(item: UploadItem) {
  return (file: File) => control((uploads) => uploads.provideFile(item.id, file));
}

/** An upload that was begun earlier, here or on another device: its file is wanted to go on. */
export function UnfinishedUpload({ item, status }: Props<"unfinished">) {
  return (
    <Alert
      title="An upload is not finished"
      action={
        <div className="flex flex-wrap gap-2">
          <ChooseFileButton kind={item.kind} variant="secondary" size="sm" onFile={goOnWith(item)}>
            Choose the file<span className="sr-only"> {item.fileName}</span>
          </ChooseFileButton>
          <CancelUpload item={item} verb="Discard" />
        </div>
      }
    >
      <span className="wrap-anywhere">
        {percentText(item.sent, item.size)} of {item.fileName} is kept until {keptUntilText(status.keptUntil)}. Choose the file again to go
        on.
      </span>
    </Alert>
  );
}

/** The file that was chosen to go on with can't be gone on with: which one shall it be? */
export function MismatchedUpload({ item, status }: Props<"mismatch">) {
  const kept = `${percentText(item.sent, item.size)} of ${item.fileName} is kept until ${keptUntilText(status.keptUntil)}.`;
  return (
    <Alert
      tone="warning"
      title={
        <span className="wrap-anywhere">
          {status.reason === "different"
            ? `${status.chosenName} is another file than ${item.fileName}`
            : `${status.chosenName} was edited since its upload began`}
        </span>
      }
      action={
        <div className="flex flex-wrap gap-2">
          <ChooseFileButton kind={item.kind} variant="secondary" size="sm" onFile={goOnWith(item)}>
            Choose the right file
          </ChooseFileButton>
          <Button variant="secondary" size="sm" onClick={() => control((uploads) => uploads.startOver(item.id))}>
            Upload this one instead
          </Button>
          <CancelUpload item={item} verb="Discard" />
        </div>
      }
    >
      <span className="wrap-anywhere">
        {status.reason === "different" ? kept : `What has arrived does not fit the file as it is now. ${kept}`} Uploading this one instead
        begins anew and gives that up.
      </span>
    </Alert>
  );
}
