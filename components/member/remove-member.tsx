"use client";
import { UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { MemberView } from "@/lib/schemas/member";
import type { MemberActions } from "./member-actions";

/** Props of `RemoveMember`. */
export interface RemoveMemberProps {
  org: string;
  organization: string;
  member: MemberView;
  actions: Pick<MemberActions, "remove" | "leave">;
}

/** Ends a membership after a question; for one's own row it is leaving. */
export function RemoveMember({ org, organization, member, actions }: RemoveMemberProps) {
  const name = member.name || member.email;
  const router = useRouter();
  const removal = useAction(actions.remove, { onSuccess: () => toast.success(`${name} no longer belongs to ${organization}.`) });
  const leaving = useAction(actions.leave, { onSuccess: () => router.push("/start") });
  const label = member.self ? "Leave the organization" : `Remove ${name}`;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={label} title={label} className="text-muted">
          <UserMinus aria-hidden />
        </Button>
      }
      title={member.self ? `Leave ${organization}?` : `Remove ${name}?`}
      description={
        member.self
          ? "You lose access at once. Your progress is kept and is there again if you are invited once more."
          : "They lose access at once. Their progress is kept and is there again if you invite them once more."
      }
      confirmLabel={member.self ? "Leave" : "Remove"}
      error={(member.self ? leaving : removal).error?.message}
      onConfirm={async () => (member.self ? await leaving.run({ org }) : await removal.run({ org, memberId: member.id })).ok}
    />
  );
}
