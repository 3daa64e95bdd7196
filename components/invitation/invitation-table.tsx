import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PendingInvitationView } from "@/lib/schemas/invitation";
import { roleNames } from "@/lib/schemas/member";
import { InvitationActions, type InvitationActionsProps } from "./invitation-actions";

/** Props of `InvitationTable`. */
export interface InvitationTableProps extends Pick<InvitationActionsProps, "org" | "resend" | "cancel"> {
  invitations: readonly PendingInvitationView[];
}

/** The invitations that nobody has answered yet. */
export function InvitationTable({ invitations, ...actions }: InvitationTableProps) {
  return (
    <Table label="Invitations">
      <TableHead>
        <TableRow>
          <TableHeader>Address</TableHeader>
          <TableHeader>Role</TableHeader>
          <TableHeader>Invited by</TableHeader>
          <TableHeader>Open until</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {invitations.map((invitation) => (
          <TableRow key={invitation.id}>
            <TableCell className="font-medium">{invitation.email}</TableCell>
            <TableCell>{roleNames[invitation.role].label}</TableCell>
            <TableCell className="text-muted">{invitation.invitedBy}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {invitation.expired ? <Badge tone="warning">Expired</Badge> : <Time value={invitation.expiresAt} format="date" />}
            </TableCell>
            <TableCell className="text-right whitespace-nowrap">
              {invitation.mayManage ? <InvitationActions invitation={invitation} {...actions} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
