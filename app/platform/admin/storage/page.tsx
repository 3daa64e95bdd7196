import type { Metadata } from "next";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { StorageSweepRefresh } from "@/components/platform/storage-sweep-refresh";
import { StorageSweepStart } from "@/components/platform/storage-sweep-start";
import { StorageSweepTable } from "@/components/platform/storage-sweep-table";
import { pagePlatform } from "@/lib/gates/require-actor";
import { getBucketName, listSweeps } from "@/lib/services/storage-report-service";
import { start } from "./actions";

export const metadata: Metadata = { title: "Storage · Platform" };

export default async function StoragePage() {
  const actor = await pagePlatform();
  const sweeps = await listSweeps(actor);
  return (
    <div className="grid gap-8">
      <PlatformStorageHeader
        description="Sweeps compare the bucket with the files that the database knows. Every Sunday one puts old orphans into the trash."
        actions={<StorageSweepStart bucket={getBucketName(actor)} start={start} />}
      />
      <StorageSweepRefresh running={sweeps.some(({ state }) => state === "RUNNING")} />
      <StorageSweepTable sweeps={sweeps} />
    </div>
  );
}
