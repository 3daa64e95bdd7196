import { Copy } from "lucide-react";
import type { Metadata } from "next";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { StorageReplicaCompare } from "@/components/platform/storage-replica-compare";
import { StorageReplicaProblems } from "@/components/platform/storage-replica-problems";
import { StorageReplicaState } from "@/components/platform/storage-replica-state";
import { EmptyState } from "@/components/ui/empty-state";
import { pagePlatform } from "@/lib/gates/require-actor";
import { findReplica } from "@/lib/services/replica-report-service";
import { compare, retry } from "./actions";

export const metadata: Metadata = { title: "Replica · Platform" };

export default async function ReplicaPage() {
  const actor = await pagePlatform();
  const replica = await findReplica(actor);
  return (
    <div className="grid gap-8">
      <PlatformStorageHeader
        description="A copy of every object in a second bucket, from which videos and pictures are read while the main one does not answer."
        actions={replica ? <StorageReplicaCompare compare={compare} /> : null}
      />
      {replica ? (
        <>
          <StorageReplicaState replica={replica} />
          <section aria-labelledby="problems" className="grid gap-3">
            <h2 id="problems" className="text-base font-semibold">
              Problems
            </h2>
            <StorageReplicaProblems problems={replica.problems} failed={replica.failed.objects} retry={retry} />
          </section>
        </>
      ) : (
        <EmptyState icon={Copy} title="No replica is set up">
          Set REPLICA_STORE_URL to a bucket in another region or at another provider, then run npm run replicate once to fill it. From then
          on the scheduler keeps it by /api/cron/replicate-storage and /api/cron/compare-replica.
        </EmptyState>
      )}
    </div>
  );
}
