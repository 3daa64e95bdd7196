import type { Metadata } from "next";
import { AuditTable } from "@/components/platform/audit-table";
import { Alert } from "@/components/ui/alert";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchInput } from "@/components/ui/search-input";
import { hrefWith } from "@/lib/core/page-href";
import { pagePlatform } from "@/lib/gates/require-actor";
import { listAuditSchema } from "@/lib/schemas/audit";
import { listAuditEvents } from "@/lib/services/audit-service";

export const metadata: Metadata = { title: "Audit · Platform" };

const path = "/platform/admin/audit";

export default async function AuditPage({ searchParams }: PageProps<"/platform/admin/audit">) {
  const actor = await pagePlatform();
  const { before, organization, action } = listAuditSchema.parse(await searchParams);
  const { items, next } = await listAuditEvents(actor, { before, organization, action });
  const [first] = items;
  return (
    <div className="grid gap-6">
      <PageHeader title="Audit" description="Who changed what. Entries are never edited or removed." />
      <SearchInput label="Filter by action" param="action" />
      {organization ? (
        <Alert
          action={
            <Button asChild size="sm" variant="secondary">
              <AppLink href={hrefWith(path, { action })}>Show all</AppLink>
            </Button>
          }
        >
          Only entries of {first?.organization?.name ?? "one organization"} are shown.
        </Alert>
      ) : null}
      <AuditTable events={items} />
      <Pagination
        previousHref={before ? hrefWith(path, { organization, action }) : undefined}
        nextHref={next ? hrefWith(path, { organization, action, before: next }) : undefined}
        summary={before ? "Earlier entries" : "Latest entries"}
      />
    </div>
  );
}
