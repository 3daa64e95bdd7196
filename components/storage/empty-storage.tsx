"use client";
import { Trash2 } from "lucide-react";
import type { MemberAction } from "@/components/course/member-action";
import { UNDO_SHOWN, undoSpan } from "@/components/deleted-content/deleted-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { useRefill } from "@/hooks/use-refill";
import { formatBytes } from "@/lib/core/bytes";
import type { DeletionReceipt, RefillReport } from "@/lib/schemas/deleted-content";
import type { FileSum } from "@/lib/schemas/storage";
import { fileCount } from "./storage-text";

/** Props of `EmptyStorage`. */
export interface EmptyStorageProps {
  org: string;
  /** The organization's name, which is to be typed. */
  name: string;
  /** What would go. */
  sum: FileSum;
  undoHours: number;
  empty: MemberAction<{ name: string }, DeletionReceipt & FileSum>;
  refill: MemberAction<{ deletedItemId: string }, RefillReport>;
}

/** Deletes every file of the organization, after its name was typed. */
export function EmptyStorage({ org, name, sum, undoHours, empty, refill }: EmptyStorageProps) {
  const emptying = useAction(empty);
  const refilling = useRefill(org, refill);
  const { files, bytes } = sum;
  const deleteAll = async () => {
    const outcome = await emptying.run({ org, name });
    if (!outcome.ok) return false;
    const { deletedItemId } = outcome.data;
    toast.success(`All files were deleted: ${fileCount(outcome.data.files)}, ${formatBytes(outcome.data.bytes)}.`, {
      action: { label: "Undo", onClick: () => refilling.run(deletedItemId) },
      duration: UNDO_SHOWN,
    });
    return true;
  };
  return (
    <section aria-labelledby="empty-storage" className="grid gap-4 rounded-lg border border-danger/40 px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="grid max-w-prose min-w-0 gap-1">
          <h2 id="empty-storage" className="text-base font-semibold">
            Delete all files
          </h2>
          <p className="text-sm text-pretty text-muted">
            {files === 0
              ? "There are no files to delete."
              : `${fileCount(files)}, ${formatBytes(bytes)}: every video, poster, thumbnail, download and the logo. Courses, texts and progress stay.`}
          </p>
        </div>
        <ConfirmDialog
          trigger={
            <Button variant="danger" disabled={files === 0}>
              <Trash2 aria-hidden /> Delete all files
            </Button>
          }
          title="Delete all files of this organization?"
          description={`This takes ${fileCount(files)} (${formatBytes(bytes)}) out of every course and lesson at once, and learners see no videos. They can be put back for ${undoSpan(undoHours)}; then they are deleted for good. Uploads under way go on.`}
          confirmLabel="Delete all files"
          typeToConfirm={name}
          pending={emptying.pending}
          error={emptying.error?.message}
          onConfirm={deleteAll}
        />
      </div>
    </section>
  );
}
