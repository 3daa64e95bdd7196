"use client";
import { RotateCw, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import type { PendingInvitationView } from "@/lib/schemas/invitation";

type InvitationAction = (input: { org: string; invitationId: string }) => Promise<ActionResult<unknown>>;

/** Props of `InvitationActions`. */
export interface InvitationActionsProps {
  org: string;
  invitation: PendingInvitationView;
  resend: InvitationAction;
  cancel: InvitationAction;
}

/** Sends an invitation again, or takes it back. */
export function InvitationActions({ org, invitation, resend, cancel }: InvitationActionsProps) {
  const { id, email } = invitation;
  const again = useAction(resend, {
    onSuccess: () => toast.success(`The invitation to ${email} was sent again. It is good for seven days from now.`),
    onError: (error) => toast.error(error.message),
  });
  const back = useAction(cancel, { onSuccess: () => toast.success(`The invitation to ${email} was cancelled.`) });
  return (
    <span className="inline-flex items-center gap-1">
      <Button
        variant="ghost"
        size="sm"
        pending={again.pending}
        aria-label={`Send again to ${email}`}
        onClick={() => void again.run({ org, invitationId: id })}
      >
        <RotateCw aria-hidden />
        <span className="max-sm:sr-only">Send again</span>
      </Button>
      <ConfirmDialog
        trigger={
          <Button variant="ghost" size="icon-sm" aria-label={`Cancel the invitation to ${email}`} title="Cancel" className="text-muted">
            <X aria-hidden />
          </Button>
        }
        title="Cancel this invitation?"
        description={`The link in the mail to ${email} stops working. You can invite the address again at any time.`}
        confirmLabel="Cancel invitation"
        cancelLabel="Keep it"
        error={back.error?.message}
        onConfirm={async () => (await back.run({ org, invitationId: id })).ok}
      />
    </span>
  );
}
