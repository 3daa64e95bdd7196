import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { StorageFindingTable } from "@/components/platform/storage-finding-table";
import { StorageSweepRefresh } from "@/components/platform/storage-sweep-refresh";
import { StorageSweepState } from "@/components/platform/storage-sweep-state";
import { StorageSweepSums } from "@/components/platform/storage-sweep-sums";
import { Alert } from "@/components/ui/alert";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { Stat, StatGroup } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { orNotFound, pagePlatform } from "@/lib/gates/require-actor";
import { sweepPageSchema } from "@/lib/schemas/storage-sweep";
import { getSweep, listFindings } from "@/lib/services/storage-report-service";

export const metadata: Metadata = { title: "Storage sweep · Platform" };

export default async function SweepPage({ params, searchParams }: PageProps<"/platform/admin/storage/[id]">) {
  const actor = await pagePlatform();
  const { id } = await params;
  const { page } = sweepPageSchema.parse(await searchParams);
  const [sweep, findings] = await Promise.all([orNotFound(getSweep(actor, id)), listFindings(actor, { sweepId: id, page })]);
  const path = `/platform/admin/storage/${id}`;
  const lastPage = hrefFromPastTheEnd(path, {}, findings);
  if (lastPage) redirect(toRoute(lastPage));
  return (
    <div className="grid gap-8">
      <PageHeader
        eyebrow={<Breadcrumbs items={[{ label: "Storage", href: "/platform/admin/storage" }, { label: "Sweep" }]} />}
        title={sweep.mode === "DELETE" ? "Sweep that may delete" : "Sweep that only reports"}
        description={
          <>
            <StorageSweepState sweep={sweep} /> Started <Time value={sweep.startedAt} /> by {sweep.startedBy ?? "the schedule"}
          </>
        }
        actions={
          <Button asChild variant="secondary">
            <a href={`${path}/csv`} download>
              Download CSV
            </a>
          </Button>
        }
      />
      <StorageSweepRefresh running={sweep.state === "RUNNING"} />
      {sweep.error ? <Alert tone="warning">{sweep.error}</Alert> : null}
      {sweep.progress.held.length > 0 ? (
        <Alert tone="warning" title="Too much would have gone of some organizations, so nothing of theirs did">
          {sweep.progress.held.join(", ")}. Start a sweep that names one of them to allow it.
        </Alert>
      ) : null}
      <StatGroup>
        <Stat label="Objects" value={sweep.progress.objects} hint={formatBytes(sweep.progress.bytes)} />
        <Stat
          label="Files in the database"
          value={sweep.progress.live}
          hint={`${sweep.progress.matched.toLocaleString("en-GB")} with their object`}
        />
        <Stat label="Findings" value={findings.total} />
      </StatGroup>
      {sweep.sums.length > 0 ? (
        <section aria-labelledby="sums" className="grid gap-3">
          <h2 id="sums" className="text-base font-semibold">
            In short
          </h2>
          <StorageSweepSums sums={sweep.sums} />
        </section>
      ) : null}
      <section aria-labelledby="findings" className="grid gap-3">
        <h2 id="findings" className="text-base font-semibold">
          Findings
        </h2>
        <StorageFindingTable findings={findings.items} finished={sweep.state !== "RUNNING"} />
        <Pagination {...pageHrefs(path, {}, findings)} summary={pageSummary(findings)} />
      </section>
    </div>
  );
}
