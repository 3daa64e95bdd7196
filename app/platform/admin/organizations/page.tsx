import { Building2, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OrganizationTable } from "@/components/organization/organization-table";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { pagePlatform } from "@/lib/gates/require-actor";
import { listOrganizationsSchema } from "@/lib/schemas/organization";
import { listOrganizations } from "@/lib/services/organization-service";

export const metadata: Metadata = { title: "Organizations · Platform" };

export default async function OrganizationsPage({ searchParams }: PageProps<"/platform/admin/organizations">) {
  const actor = await pagePlatform();
  const { q, page } = listOrganizationsSchema.parse(await searchParams);
  const organizations = await listOrganizations(actor, { q, page });
  const lastPage = hrefFromPastTheEnd("/platform/admin/organizations", { q }, organizations);
  if (lastPage) redirect(toRoute(lastPage));
  const create = (
    <Button asChild>
      <AppLink href="/platform/admin/organizations/new">
        <Plus aria-hidden />
        New organization
      </AppLink>
    </Button>
  );
  return (
    <div className="grid gap-6">
      <PageHeader title="Organizations" description="Every tenant of this platform." actions={create} />
      <SearchInput label="Search by name or address" />
      {organizations.items.length > 0 ? (
        <OrganizationTable organizations={organizations.items} />
      ) : q ? (
        <EmptyState icon={SearchX} title="No organization matches">
          Search for a part of the name or of the address.
        </EmptyState>
      ) : (
        <EmptyState icon={Building2} title="No organizations yet" action={create}>
          An organization is one client of the agency: its own courses, people and storage.
        </EmptyState>
      )}
      <Pagination {...pageHrefs("/platform/admin/organizations", { q }, organizations)} summary={pageSummary(organizations)} />
    </div>
  );
}
