"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLeaveGuard } from "@/hooks/use-leave-guard";

/** Asks before a link or the Back button leaves a form with unsaved changes. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const guard = useLeaveGuard(dirty);
  return (
    <ConfirmDialog
      open={guard.asking}
      onOpenChange={(open) => {
        if (!open) guard.stay();
      }}
      title="Leave without saving?"
      description="What you changed on this page is not saved yet and would be lost."
      confirmLabel="Leave without saving"
      cancelLabel="Stay here"
      onConfirm={guard.go}
    />
  );
}
