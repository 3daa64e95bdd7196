import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PendingInvitationView } from "@/lib/schemas/invitation";
import { roleNames } from "@/lib/schemas/member";
import { InvitationActions, type InvitationActionsProps } from "./invitation-actions";

/** Props of `InvitationTable`. */
export interface InvitationTableProps extends Pick<InvitationActionsProps, "org" | "resend" | "cancel"> {
  invitations: readonly PendingInvitationView[];
}

/** A phone shows these under the address. */
const ONLY_WIDE = "max-sm:hidden";

function OpenUntil({ invitation }: { invitation: PendingInvitationView }) {
  return invitation.expired ? <Badge tone="warning">Expired</Badge> : <Time value={invitation.expiresAt} format="date" />;
}

/** The invitations that nobody has answered yet. */
export function InvitationTable({ invitations, ...actions }: InvitationTableProps) {
  return (
    <Table label="Invitations">
      <TableHead>
        <TableRow>
          <TableHeader>Address</TableHeader>
          <TableHeader className={ONLY_WIDE}>Role</TableHeader>
          <TableHeader className={ONLY_WIDE}>Invited by</TableHeader>
          <TableHeader className={ONLY_WIDE}>Open until</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {invitations.map((invitation) => (
          <TableRow key={invitation.id}>
            <TableCell className="w-full max-w-0">
              <p className="truncate font-medium" title={invitation.email}>
                {invitation.email}
              </p>
              <p className="text-xs text-muted sm:hidden">
                {roleNames[invitation.role].label}, <OpenUntil invitation={invitation} />
              </p>
            </TableCell>
            <TableCell className={ONLY_WIDE}>{roleNames[invitation.role].label}</TableCell>
            <TableCell className={cn("max-w-56 truncate text-muted", ONLY_WIDE)}>{invitation.invitedBy}</TableCell>
            <TableCell className={cn("whitespace-nowrap text-muted", ONLY_WIDE)}>
              <OpenUntil invitation={invitation} />
            </TableCell>
            <TableCell className="text-right whitespace-nowrap max-sm:pl-0">
              {invitation.mayManage ? <InvitationActions invitation={invitation} {...actions} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
