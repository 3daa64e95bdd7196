import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { InviteDialog } from "@/components/member/invite-dialog";
import { MemberTable } from "@/components/member/member-table";
import { PeopleHeader } from "@/components/member/people-header";
import { RoleFilter } from "@/components/member/role-filter";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { pageSummary } from "@/lib/core/page";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { grantableRoles } from "@/lib/policies/member-policy";
import { listMembersSchema } from "@/lib/schemas/member";
import { listMembers } from "@/lib/services/member-service";
import { changeRole, invite, leave, remove } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/people">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `People · ${actor.organization.name}` : "People" };
}

export default async function PeoplePage({ params, searchParams }: PageProps<"/o/[org]/admin/people">) {
  const { org } = await params;
  const actor = await pageMember(org, "member.view");
  const { q, role, page } = listMembersSchema.parse(await searchParams);
  const members = await listMembers(actor, { q, role, page });
  const path = `/o/${org}/admin/people`;
  const lastPage = hrefFromPastTheEnd(path, { q, role }, members);
  if (lastPage) redirect(toRoute(lastPage));
  return (
    <div className="grid gap-6">
      <PeopleHeader org={org} actions={<InviteDialog org={org} roles={grantableRoles(actor)} invite={invite} />} />
      <div className="flex flex-wrap items-center gap-3">
        <SearchInput label="Search by name or address" />
        <RoleFilter />
      </div>
      {members.items.length > 0 ? (
        <MemberTable org={org} organization={actor.organization.name} members={members.items} actions={{ changeRole, remove, leave }} />
      ) : (
        <EmptyState
          icon={SearchX}
          title="Nobody matches"
          action={
            <Button asChild variant="secondary">
              <AppLink href={path}>Show everybody</AppLink>
            </Button>
          }
        >
          Search for a part of the name or of the address, or choose another role.
        </EmptyState>
      )}
      <Pagination {...pageHrefs(path, { q, role }, members)} summary={pageSummary(members)} />
    </div>
  );
}
