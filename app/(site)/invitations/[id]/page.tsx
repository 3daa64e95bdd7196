import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SignOutButton } from "@/components/account/sign-out-button";
import { InvitationAnswer } from "@/components/invitation/invitation-answer";
import { InvitationClosed } from "@/components/invitation/invitation-closed";
import { OrganizationAccent } from "@/components/shell/organization-accent";
import { Alert } from "@/components/ui/alert";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { findUserActor } from "@/lib/gates/require-actor";
import { roleNames } from "@/lib/schemas/member";
import { findInvitationView } from "@/lib/services/invitation-answer-service";
import { accept, decline } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

/** Read by whoever has the link, answered only by the invited address. */
export default async function InvitationPage({ params }: PageProps<"/invitations/[id]">) {
  const { id } = await params;
  const [invitation, actor] = await Promise.all([findInvitationView(id), findUserActor()]);
  if (!invitation) notFound();
  const { organization, email, role } = invitation;
  const signIn = `/sign-in?next=${encodeURIComponent(`/invitations/${id}`)}&email=${encodeURIComponent(email)}`;
  const invited = actor?.email === email;
  return (
    <div className="container-page grid max-w-lg gap-6 pt-10 sm:pt-20">
      <OrganizationAccent accent={organization.accentColor} />
      <div className="grid gap-4">
        <Avatar name={organization.name} shape="square" size="lg" />
        <h1 className="text-3xl">{invitation.state === "pending" ? `Join ${organization.name}` : `Invitation to ${organization.name}`}</h1>
        {invitation.state === "pending" ? (
          <p className="leading-7 text-muted">
            {invitation.invitedBy} invites you to {organization.name} as {roleNames[role].article}. The invitation is for{" "}
            <strong className="font-medium wrap-anywhere text-ink">{email}</strong> and good until{" "}
            <Time value={invitation.expiresAt} format="date" />.
          </p>
        ) : (
          <InvitationClosed state={invitation.state} organization={organization} invitedBy={invitation.invitedBy} member={invited} />
        )}
      </div>
      {invitation.state !== "pending" ? null : !actor ? (
        <Button asChild size="lg" className="justify-self-start">
          <AppLink href={signIn}>Sign in to accept</AppLink>
        </Button>
      ) : invited ? (
        <InvitationAnswer invitationId={id} organization={organization.name} askName={!actor.name} accept={accept} decline={decline} />
      ) : (
        <Alert
          tone="warning"
          title={`You are signed in as ${actor.email}`}
          action={
            <SignOutButton size="sm" next={signIn}>
              Sign in as the invited address
            </SignOutButton>
          }
        >
          This invitation can only be accepted with the address it was sent to.
        </Alert>
      )}
    </div>
  );
}
