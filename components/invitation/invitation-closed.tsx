import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import type { InvitationState } from "@/lib/schemas/invitation";

/** Props of `InvitationClosed`. */
export interface InvitationClosedProps {
  state: Exclude<InvitationState, "pending">;
  organization: { name: string; slug: string };
  invitedBy: string;
  /** The invited person is the one who reads this. */
  member: boolean;
}

const sentences: Record<InvitationClosedProps["state"], (by: string, organization: string) => string> = {
  expired: (by) => `It has expired. Ask ${by} for a new one; sending it again takes one click.`,
  accepted: (_by, organization) => `It has been accepted already. Sign in with the invited address to open ${organization}.`,
  rejected: (by) => `It was declined. If that was a mistake, ask ${by} for a new one.`,
  canceled: (by) => `It was taken back. If you think it should not have been, ask ${by}.`,
};

/** Why an invitation can no longer be accepted, and what to do. */
export function InvitationClosed({ state, organization, invitedBy, member }: InvitationClosedProps) {
  return (
    <>
      <p className="leading-7 text-muted">
        {state === "accepted" && member ? "You have accepted it already." : sentences[state](invitedBy, organization.name)}
      </p>
      {state === "accepted" ? (
        <Button asChild className="h-auto min-h-10 max-w-full justify-self-start py-2 whitespace-normal">
          <AppLink href={`/o/${organization.slug}`}>Open {organization.name}</AppLink>
        </Button>
      ) : null}
    </>
  );
}
