"use client";
import { useRouter } from "next/navigation";
import type { MemberAction } from "@/components/course/member-action";
import { refillText, UNDO_SHOWN } from "@/components/deleted-content/deleted-text";
import { toast } from "@/components/ui/toast";
import type { RefillReport } from "@/lib/schemas/deleted-content";
import { useAction } from "./use-action";

/** Takes an emptying back, says what came of it, and reads the page anew: also where somebody else was first. */
export function useRefill(org: string, refill: MemberAction<{ deletedItemId: string }, RefillReport>) {
  const router = useRouter();
  const action = useAction(refill, {
    onSuccess: (report) => {
      if (report.left === 0) toast.success(refillText(report));
      else toast.warning(refillText(report), { duration: UNDO_SHOWN });
    },
    onError: (error) => {
      toast.error(error.message);
      router.refresh();
    },
  });
  return { pending: action.pending, run: (deletedItemId: string) => void action.run({ org, deletedItemId }) };
}
