"use client";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/core/result";
import type { Role } from "@/lib/policies/permission";
import type { InviteReport } from "@/lib/schemas/invitation";
import { InviteForm } from "./invite-form";
import { InviteSummary } from "./invite-summary";

/** Props of `InviteDialog`. */
export interface InviteDialogProps {
  org: string;
  /** The roles that the inviter may give, the most powerful first. */
  roles: readonly Role[];
  invite: (input: { org: string; addresses: string; role: Role }) => Promise<ActionResult<InviteReport>>;
}

/** Invites several people at once, then says who was and who was not. */
export function InviteDialog({ org, roles, invite }: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  const [report, setReport] = useState<InviteReport | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setReport(null);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <UserPlus aria-hidden />
          Invite people
        </Button>
      </DialogTrigger>
      <DialogContent
        title={report ? "Invitations" : "Invite people"}
        description={report ? undefined : "Each of them gets a mail with a link that works for seven days."}
      >
        {report ? (
          <InviteSummary report={report} onMore={() => setReport(null)} onClose={() => setOpen(false)} />
        ) : (
          <InviteForm org={org} roles={roles} invite={invite} onInvited={setReport} />
        )}
      </DialogContent>
    </Dialog>
  );
}
