"use client";
import { useState } from "react";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FileNameInText } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/core/bytes";
import type { UploadItem } from "./engine/upload-item";
import { control } from "./page-uploads";

/** More than this is not given up by one press; bytes. */
const FAR_ALONG = 100 * 1024 ** 2;

/** Props of `CancelUpload`. */
export interface CancelUploadProps {
  item: UploadItem;
  /** "Cancel" what is on its way, "Discard" what was kept: that always asks. */
  verb: "Cancel" | "Discard";
}

/** Gives an upload up: what has arrived is deleted. Asks first where that is much. */
export function CancelUpload({ item, verb }: CancelUploadProps) {
  const [asking, setAsking] = useState(false);
  const giveUp = () => control((uploads) => uploads.cancel(item.id));
  return (
    <>
      {verb === "Cancel" ? (
        <Button
          variant="ghost"
          size="icon-sm"
          title={verb}
          aria-label={`Cancel the upload of ${item.fileName}`}
          onClick={(event) => {
            // The second press of a double click would meet the next upload, which has come to this place.
            if (event.detail > 1) return;
            if (item.sent > FAR_ALONG) setAsking(true);
            else giveUp();
          }}
        >
          <X aria-hidden />
        </Button>
      ) : (
        <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
          Discard<span className="sr-only"> the upload of {item.fileName}</span>
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={verb === "Discard" ? "Discard this upload?" : "Cancel this upload?"}
        description={
          <>
            {item.sent > 0 ? `${formatBytes(item.sent)} of ` : "Nothing of "}
            <FileNameInText name={item.fileName} />
            {item.sent > 0
              ? " have arrived. They would be deleted, and the file would have to be sent from its beginning. "
              : " has arrived yet, so nothing is lost. "}
            {verb === "Cancel" ? "To stop for a while, pause it instead." : null}
          </>
        }
        confirmLabel={verb === "Discard" ? "Discard upload" : "Cancel upload"}
        cancelLabel="Keep it"
        onConfirm={giveUp}
      />
    </>
  );
}
