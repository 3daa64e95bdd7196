import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Stat, StatGroup } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import { formatLength } from "@/lib/core/clock";
import type { ReplicaTally, ReplicaView } from "@/lib/schemas/storage-replica";

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1 px-4 py-3 sm:grid-cols-[10rem_1fr] sm:px-6">
      <dt className="text-muted">{label}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">{children}</dd>
    </div>
  );
}

function Bucket({ of: { name, bucket } }: { of: { name: string; bucket: string } }) {
  return (
    <span>
      <span className="font-mono text-xs break-all">{bucket}</span> <span className="text-muted">({name})</span>
    </span>
  );
}

function LastDrain({ run }: { run: ReplicaView["lastDrain"] }) {
  if (!run) return <span className="text-muted">The scheduler has not called /api/cron/replicate-storage yet.</span>;
  const done = Object.entries(run.counts).filter(([, count]) => count > 0);
  return (
    <>
      <Time value={run.startedAt} />
      <span className="text-muted">{run.error ?? (done.map(([what, count]) => `${what} ${count}`).join(", ") || "nothing to do")}</span>
      {run.error ? <Badge tone="danger">Failed</Badge> : run.finishedAt ? null : <Badge tone="warning">Running</Badge>}
    </>
  );
}

const sizeOf = ({ objects, bytes }: ReplicaTally) => (objects > 0 ? formatBytes(bytes) : undefined);

/** How far the replica is behind, and what its two ends are. */
export function StorageReplicaState({ replica: view }: { replica: ReplicaView }) {
  const { main, replica, copied, waiting, deleting, failed, lagSeconds, late, lastCopyAt, lastDrain } = view;
  return (
    <div className="grid gap-6">
      {main.up ? null : (
        <Alert tone="danger" title="The main bucket does not answer this instance">
          Videos and pictures that are copied are read from the replica meanwhile. Uploads wait until it is back.
        </Alert>
      )}
      {late && main.up ? (
        <Alert tone="warning" title="The replica is not up to date">
          {failed.objects > 0
            ? "What was given up is listed below with its reason. It is safe in the main bucket, and only there."
            : "Objects have waited for more than an hour to be copied or deleted."}
        </Alert>
      ) : null}
      <StatGroup>
        <Stat
          label="Behind by"
          value={lagSeconds === null ? "Nothing" : formatLength(lagSeconds)}
          hint={lagSeconds === null ? undefined : "the oldest that waits"}
        />
        <Stat label="Waiting" value={waiting.objects.toLocaleString("en-GB")} hint={sizeOf(waiting)} />
        <Stat label="Copied" value={copied.objects.toLocaleString("en-GB")} hint={sizeOf(copied)} />
        <Stat label="Given up" value={failed.objects.toLocaleString("en-GB")} hint={sizeOf(failed)} />
        <Stat label="To be deleted" value={deleting.objects.toLocaleString("en-GB")} hint={sizeOf(deleting)} />
      </StatGroup>
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        <Row label="Main bucket">
          <Bucket of={main} />
          <Badge tone={main.up ? "positive" : "danger"}>{main.up ? "Answers" : "Does not answer"}</Badge>
          {main.checkedAt ? (
            <span className="text-muted">
              asked by this instance <Time value={main.checkedAt} />
            </span>
          ) : null}
        </Row>
        <Row label="Replica">
          <Bucket of={replica} />
          {replica.showsPictures ? null : (
            <span className="text-muted">Its address names no public one, so pictures are not read from it; videos are.</span>
          )}
        </Row>
        <Row label="Last copy">{lastCopyAt ? <Time value={lastCopyAt} /> : <span className="text-muted">None yet</span>}</Row>
        <Row label="Last scheduled run">
          <LastDrain run={lastDrain} />
        </Row>
      </dl>
    </div>
  );
}
