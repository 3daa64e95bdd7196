import type { Metadata } from "next";
import { CronRunTable } from "@/components/platform/cron-run-table";
import { QueueTable } from "@/components/platform/queue-table";
import { PageHeader } from "@/components/ui/page-header";
import { pagePlatform } from "@/lib/gates/require-actor";
import { listCronRuns, listQueues } from "@/lib/services/job-service";

export const metadata: Metadata = { title: "Jobs · Platform" };

export default async function JobsPage() {
  const actor = await pagePlatform();
  const [queues, runs] = await Promise.all([listQueues(actor), listCronRuns(actor)]);
  return (
    <div className="grid gap-8">
      <PageHeader title="Jobs" description="Work that was promised: what waits, what runs, what failed. Counted at most a minute ago." />
      <section aria-labelledby="queues" className="grid gap-3">
        <h2 id="queues" className="text-base font-semibold">
          Queues
        </h2>
        <QueueTable queues={queues} />
      </section>
      <section aria-labelledby="runs" className="grid gap-3">
        <h2 id="runs" className="text-base font-semibold">
          Scheduled runs
        </h2>
        <CronRunTable runs={runs} />
      </section>
    </div>
  );
}
