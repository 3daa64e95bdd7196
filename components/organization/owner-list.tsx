import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { OrganizationDetail } from "@/lib/schemas/organization";

/** Props of `OwnerList`. */
export interface OwnerListProps {
  owners: OrganizationDetail["owners"];
  invited: OrganizationDetail["invitedOwners"];
}

/** The owners of an organization, and those who have not accepted yet. */
export function OwnerList({ owners, invited }: OwnerListProps) {
  if (owners.length + invited.length === 0) {
    return <p className="text-sm text-muted">Nobody owns this organization yet. Invite an owner below.</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {owners.map((owner) => (
        <li key={owner.id} className="flex items-center gap-3 py-3 text-sm first:pt-0">
          <Avatar name={owner.name || owner.email} />
          <span className="grid min-w-0">
            <span className="truncate font-medium">{owner.name || owner.email}</span>
            {owner.name ? <span className="truncate text-muted">{owner.email}</span> : null}
          </span>
        </li>
      ))}
      {invited.map((invitation) => (
        <li key={invitation.id} className="flex flex-wrap items-center gap-3 py-3 text-sm first:pt-0">
          <Avatar name={invitation.email} />
          <span className="min-w-0 truncate font-medium">{invitation.email}</span>
          {invitation.expired ? (
            <Badge tone="warning">Invitation expired</Badge>
          ) : (
            <Badge>
              Invited, until <Time value={invitation.expiresAt} format="date" />
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
