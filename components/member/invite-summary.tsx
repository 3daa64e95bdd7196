import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { InviteReport } from "@/lib/schemas/invitation";

/** Props of `InviteSummary`. */
export interface InviteSummaryProps {
  report: InviteReport;
  onMore: () => void;
  onClose: () => void;
}

function Skipped({ why, addresses }: { why: string; addresses: readonly string[] }) {
  if (addresses.length === 0) return null;
  return (
    <div className="grid gap-1 text-sm">
      <p className="font-medium">{why}</p>
      <ul className="text-muted">
        {addresses.map((address) => (
          <li key={address} className="break-all">
            {address}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who was invited, and who was not and why. */
export function InviteSummary({ report, onMore, onClose }: InviteSummaryProps) {
  const count = report.invited.length;
  return (
    <div className="grid gap-5">
      <Alert tone={count > 0 ? "positive" : "neutral"} live>
        {count === 0
          ? "Nobody new was invited."
          : count === 1
            ? `The invitation to ${report.invited[0]} is on its way.`
            : `${count} invitations are on their way.`}
      </Alert>
      <Skipped why="Members already" addresses={report.alreadyMembers} />
      <Skipped why="Invited already; you can send theirs again from the list" addresses={report.alreadyInvited} />
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button variant="secondary" onClick={onMore}>
          Invite more
        </Button>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
