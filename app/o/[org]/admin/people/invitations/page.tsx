import { MailCheck } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { InvitationTable } from "@/components/invitation/invitation-table";
import { InviteDialog } from "@/components/member/invite-dialog";
import { PeopleHeader } from "@/components/member/people-header";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { pageSummary } from "@/lib/core/page";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { grantableRoles } from "@/lib/policies/member-policy";
import { listInvitationsSchema } from "@/lib/schemas/invitation";
import { listInvitations } from "@/lib/services/invitation-service";
import { cancel, invite, resend } from "../actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/people/invitations">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Invitations · ${actor.organization.name}` : "Invitations" };
}

export default async function InvitationsPage({ params, searchParams }: PageProps<"/o/[org]/admin/people/invitations">) {
  const { org } = await params;
  const actor = await pageMember(org, "member.view");
  const { page } = listInvitationsSchema.parse(await searchParams);
  const invitations = await listInvitations(actor, { page });
  const path = `/o/${org}/admin/people/invitations`;
  const lastPage = hrefFromPastTheEnd(path, {}, invitations);
  if (lastPage) redirect(toRoute(lastPage));
  return (
    <div className="grid gap-6">
      <PeopleHeader
        org={org}
        invitations={invitations.total}
        actions={<InviteDialog org={org} roles={grantableRoles(actor)} invite={invite} />}
      />
      {invitations.items.length > 0 ? (
        <InvitationTable org={org} invitations={invitations.items} resend={resend} cancel={cancel} />
      ) : (
        <EmptyState icon={MailCheck} title="No open invitations">
          Everybody who was invited has answered. Invite colleagues or clients with the button above; they appear here until they accept.
        </EmptyState>
      )}
      <Pagination {...pageHrefs(path, {}, invitations)} summary={pageSummary(invitations)} />
    </div>
  );
}
