"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FileNameInText } from "@/components/ui/file-name";
import { CancelUpload } from "./cancel-upload";
import { ChooseFileButton } from "./choose-file-button";
import type { UploadItem, UploadStatus } from "./engine/upload-item";
import { control } from "./page-uploads";
import { keptUntilText, percentText } from "./upload-text";

type Props<Name extends UploadStatus["name"]> = { item: UploadItem; status: Extract<UploadStatus, { name: Name }> };

function goOnWith(item: UploadItem) {
  return (file: File) => control((uploads) => uploads.provideFile(item.id, file));
}

/** What storage has of an upload, and for how long. */
function Kept({ item, until }: { item: UploadItem; until: string }) {
  if (item.sent === 0) {
    return (
      <>
        Nothing of <FileNameInText name={item.fileName} /> has arrived yet.
      </>
    );
  }
  return (
    <>
      {percentText(item.sent, item.size)} of <FileNameInText name={item.fileName} /> is kept until {keptUntilText(until)}.
    </>
  );
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
      <Kept item={item} until={status.keptUntil} /> Choose the file again to go on.
    </Alert>
  );
}

/** The file that was chosen to go on with can't be gone on with: which one shall it be? */
export function MismatchedUpload({ item, status }: Props<"mismatch">) {
  return (
    <Alert
      tone="warning"
      title={
        status.reason === "different" ? (
          <>
            <FileNameInText name={status.chosenName} /> is another file than <FileNameInText name={item.fileName} />
          </>
        ) : (
          <>
            <FileNameInText name={status.chosenName} /> was edited since its upload began
          </>
        )
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
      {status.reason === "changed" ? "What has arrived does not fit the file as it is now. " : null}
      <Kept item={item} until={status.keptUntil} /> Uploading this one instead begins anew{item.sent > 0 ? " and gives that up" : null}.
    </Alert>
  );
}
