"use client";
import { useRouter } from "next/navigation";
import type { MemberAction } from "@/components/course/member-action";
import { restoreNotes, UNDO_SHOWN } from "@/components/deleted-content/deleted-text";
import { toast } from "@/components/ui/toast";
import type { RestoreReport } from "@/lib/schemas/deleted-content";
import { useAction } from "./use-action";

/** Says that something is back, and what could not be as it was. */
export function sayRestored(report: RestoreReport): void {
  const notes = restoreNotes(report);
  const text = `“${report.title}” is back.`;
  if (notes) toast.warning(text, { description: notes, duration: UNDO_SHOWN });
  else toast.success(text);
}

/** Restores what was deleted, says so, and reads the page anew: also where somebody else was first. */
export function useRestore(org: string, restore: MemberAction<{ deletedItemId: string }, RestoreReport>) {
  const router = useRouter();
  const action = useAction(restore, {
    onSuccess: sayRestored,
    onError: (error) => {
      toast.error(error.message);
      router.refresh();
    },
  });
  return { pending: action.pending, run: (deletedItemId: string) => void action.run({ org, deletedItemId }) };
}
