import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { roleNames, type MemberView } from "@/lib/schemas/member";
import type { MemberActions } from "./member-actions";
import { RemoveMember } from "./remove-member";
import { RoleSelect } from "./role-select";

/** Props of `MemberTable`. */
export interface MemberTableProps {
  org: string;
  organization: string;
  members: readonly MemberView[];
  actions: MemberActions;
}

/** The members of an organization, with what may be done to each. */
export function MemberTable({ org, organization, members, actions }: MemberTableProps) {
  return (
    <Table label="Members">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader>Role</TableHeader>
          <TableHeader className="max-sm:hidden">Member since</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.id}>
            {/* On a phone the name takes what the role and the button leave. */}
            <TableCell className="max-sm:w-full max-sm:max-w-0">
              <div className="flex items-center gap-3">
                <Avatar name={member.name || member.email} className="max-sm:hidden" />
                <div className="min-w-0">
                  <p className="flex items-center gap-2 font-medium">
                    <span className="truncate">{member.name || member.email}</span>
                    {member.self ? <Badge>You</Badge> : null}
                  </p>
                  {member.name ? <p className="truncate text-muted">{member.email}</p> : null}
                </div>
              </div>
            </TableCell>
            <TableCell>
              {member.may.roles.length > 0 ? (
                <RoleSelect key={member.role} org={org} member={member} changeRole={actions.changeRole} />
              ) : (
                roleNames[member.role].label
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
              <Time value={member.joinedAt} format="date" />
            </TableCell>
            <TableCell className="text-right max-sm:pl-0">
              {member.may.manage || member.self ? (
                <RemoveMember org={org} organization={organization} member={member} actions={actions} />
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
