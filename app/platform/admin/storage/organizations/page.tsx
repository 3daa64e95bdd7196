import { Building2, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OrganizationUsageTable } from "@/components/platform/organization-usage-table";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, hrefWith, pageHrefs } from "@/lib/core/page-href";
import { pagePlatform } from "@/lib/gates/require-actor";
import { organizationUsageSchema } from "@/lib/schemas/storage-limit";
import { listOrganizationUsage } from "@/lib/services/storage-limit-service";

export const metadata: Metadata = { title: "Storage of organizations · Platform" };

const path = "/platform/admin/storage/organizations";

export default async function OrganizationStoragePage({ searchParams }: PageProps<"/platform/admin/storage/organizations">) {
  const actor = await pagePlatform();
  const input = organizationUsageSchema.parse(await searchParams);
  const { q, sort } = input;
  const organizations = await listOrganizationUsage(actor, input);
  // The order that is there without asking is not named in the address.
  const query = { q, sort: sort === "used" ? undefined : sort };
  const lastPage = hrefFromPastTheEnd(path, query, organizations);
  if (lastPage) redirect(toRoute(lastPage));
  return (
    <div className="grid gap-6">
      <PlatformStorageHeader description="What each organization takes of what its plan allows. Limits are set on its own page." />
      <SearchInput label="Search by name or address" />
      {organizations.items.length > 0 ? (
        <OrganizationUsageTable
          organizations={organizations.items}
          sort={sort}
          hrefOf={(by) => hrefWith(path, { q, sort: by === "used" ? undefined : by })}
        />
      ) : q ? (
        <EmptyState icon={SearchX} title="No organization matches" level={2}>
          Search for a part of the name or of the address.
        </EmptyState>
      ) : (
        <EmptyState icon={Building2} title="No organizations yet" level={2}>
          What they take shows here once there is one.
        </EmptyState>
      )}
      <Pagination {...pageHrefs(path, query, organizations)} summary={pageSummary(organizations)} />
    </div>
  );
}
