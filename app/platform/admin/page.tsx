import type { Metadata } from "next";
import { AuditTable } from "@/components/platform/audit-table";
import { AppLink } from "@/components/ui/app-link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatGroup } from "@/components/ui/stat";
import { formatBytes } from "@/lib/core/bytes";
import { pagePlatform } from "@/lib/gates/require-actor";
import { listAuditEvents } from "@/lib/services/audit-service";
import { listQueues } from "@/lib/services/job-service";
import { getPlatformTotals } from "@/lib/services/organization-service";
import { isReplicaLate } from "@/lib/services/replica-report-service";

export const metadata: Metadata = { title: "Platform" };

export default async function PlatformPage() {
  const actor = await pagePlatform();
  const [totals, audit, queues, late] = await Promise.all([
    getPlatformTotals(actor),
    listAuditEvents(actor, {}),
    listQueues(actor),
    isReplicaLate(actor),
  ]);
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0);
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting + queue.active, 0);
  return (
    <div className="grid gap-8">
      <PageHeader title="Platform" description="Every organization, and the machinery below them." />
      {failed > 0 ? (
        <Alert
          tone="warning"
          title={failed === 1 ? "One job has failed for good" : `${failed} jobs have failed for good`}
          action={
            <Button asChild size="sm" variant="secondary">
              <AppLink href="/platform/admin/jobs">Look at the jobs</AppLink>
            </Button>
          }
        >
          It was tried as often as it may be. Its payload is kept.
        </Alert>
      ) : null}
      {late ? (
        <Alert
          tone="warning"
          title="The replica is not up to date"
          action={
            <Button asChild size="sm" variant="secondary">
              <AppLink href="/platform/admin/storage/replica">Look at the replica</AppLink>
            </Button>
          }
        >
          Some objects have waited for more than an hour to be copied or deleted, or were given up.
        </Alert>
      ) : null}
      <StatGroup>
        <Stat label="Organizations" value={totals.organizations} />
        <Stat label="People" value={totals.people} />
        <Stat label="Courses" value={totals.courses} />
        <Stat label="Storage" value={formatBytes(totals.usedBytes)} hint={`of ${formatBytes(totals.limitBytes)} granted`} />
        <Stat label="Jobs under way" value={waiting} />
      </StatGroup>
      <section aria-labelledby="latest" className="grid gap-3">
        <div className="flex items-center justify-between gap-4">
          <h2 id="latest" className="text-base font-semibold">
            Latest changes
          </h2>
          <Button asChild variant="ghost" size="sm">
            <AppLink href="/platform/admin/audit">All of them</AppLink>
          </Button>
        </div>
        <AuditTable events={audit.items.slice(0, 8)} />
      </section>
    </div>
  );
}
