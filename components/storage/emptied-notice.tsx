"use client";
import { Undo2 } from "lucide-react";
import type { MemberAction } from "@/components/course/member-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { useRefill } from "@/hooks/use-refill";
import { formatBytes } from "@/lib/core/bytes";
import type { DeletedItemView, RefillReport } from "@/lib/schemas/deleted-content";
import { fileCount } from "./storage-text";

/** Props of `EmptiedNotice`. */
export interface EmptiedNoticeProps {
  org: string;
  emptying: DeletedItemView;
  /** Whether this person may take it back. */
  mayUndo: boolean;
  refill: MemberAction<{ deletedItemId: string }, RefillReport>;
}

/** All files were deleted, and can still be put back. */
export function EmptiedNotice({ org, emptying, mayUndo, refill }: EmptiedNoticeProps) {
  const { run, pending } = useRefill(org, refill);
  const { files, bytes } = emptying.counts;
  return (
    <Alert
      tone="warning"
      title={`All files were deleted: ${fileCount(files)}, ${formatBytes(bytes)}.`}
      action={
        mayUndo ? (
          <Button variant="secondary" size="sm" pending={pending} onClick={() => run(emptying.id)}>
            <Undo2 aria-hidden /> Put all back
          </Button>
        ) : null
      }
    >
      Deleted <Time value={emptying.deletedAt} />
      {emptying.deletedBy ? ` by ${emptying.deletedBy}` : ""}. {mayUndo ? "They can be put back" : "An owner can put them back"} until{" "}
      <Time value={emptying.keptUntil} format="datetime" />.
    </Alert>
  );
}
