import { Building2, Mail, ShieldCheck } from "lucide-react";
import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { NameForm } from "@/components/account/name-form";
import { StartLink } from "@/components/account/start-link";
import { SignOutButton } from "@/components/account/sign-out-button";
import { Avatar } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageUser } from "@/lib/gates/require-actor";
import { roleNames } from "@/lib/schemas/member";
import { listOwnOrganizations } from "@/lib/services/access-service";
import { listOwnInvitations } from "@/lib/services/invitation-answer-service";
import { saveOwnName } from "../account/actions";

export const metadata: Metadata = { title: "Start" };

/** Where signing in leads: on to the only organization, or to a choice. */
export default async function StartPage() {
  const actor = await pageUser();
  if (!actor.name) {
    return (
      <div className="grid max-w-md gap-6">
        <PageHeader scale="page" title="What should we call you?" description="You can change it later in your account." />
        <NameForm name="" action={saveOwnName} submitLabel="Go on" />
      </div>
    );
  }
  const [organizations, invitations] = await Promise.all([listOwnOrganizations(actor), listOwnInvitations(actor)]);
  const [only] = organizations;
  if (only && organizations.length === 1 && invitations.length === 0 && !actor.platformAdmin) redirect(only.home as Route);
  const nothing = organizations.length + invitations.length === 0;
  return (
    <div className="grid gap-8">
      <PageHeader
        scale="page"
        title={`Hello, ${actor.name.split(" ")[0]}`}
        description={nothing ? undefined : "Where would you like to go?"}
      />
      {nothing && !actor.platformAdmin ? (
        <EmptyState icon={Building2} title="No organization yet" action={<SignOutButton>Sign in with another address</SignOutButton>}>
          You are signed in as {actor.email}, and no organization has invited this address. Ask the people who told you about Sidecar for an
          invitation. If they have sent one, it went to another address of yours.
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {invitations.map((invitation) => (
            <StartLink
              key={invitation.id}
              href={`/invitations/${invitation.id}`}
              mark={<Mail aria-hidden className="size-5 text-accent-text" />}
              title={invitation.organizationName}
              note="You are invited. Open to accept."
            />
          ))}
          {organizations.map((organization) => (
            <StartLink
              key={organization.slug}
              href={organization.home}
              mark={<Avatar name={organization.name} src={organization.logo} shape="square" size="md" />}
              title={organization.name}
              note={roleNames[organization.role].label}
            />
          ))}
          {actor.platformAdmin ? (
            <StartLink
              href="/platform/admin"
              mark={<ShieldCheck aria-hidden className="size-5 text-accent-text" />}
              title="Platform"
              note="Every organization, jobs and audit"
            />
          ) : null}
        </ul>
      )}
    </div>
  );
}
