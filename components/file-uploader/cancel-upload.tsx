"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
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
      <Button variant="ghost" size="sm" onClick={() => (verb === "Discard" || item.sent > FAR_ALONG ? setAsking(true) : giveUp())}>
        {verb}
        <span className="sr-only"> the upload of {item.fileName}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={verb === "Discard" ? "Discard this upload?" : "Cancel this upload?"}
        description={
          <span className="wrap-anywhere">
            {formatBytes(item.sent)} of {item.fileName} have arrived. They would be deleted, and the file would have to be sent from its
            beginning. {verb === "Cancel" ? "To stop for a while, pause it instead." : null}
          </span>
        }
        confirmLabel={verb === "Discard" ? "Discard upload" : "Cancel upload"}
        cancelLabel="Keep it"
        onConfirm={giveUp}
      />
    </>
  );
}
