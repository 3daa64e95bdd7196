import type { Metadata } from "next";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { StorageSweepStart } from "@/components/platform/storage-sweep-start";
import { StorageSweepTable } from "@/components/platform/storage-sweep-table";
import { StorageTrashTable } from "@/components/platform/storage-trash-table";
import { pagePlatform } from "@/lib/gates/require-actor";
import { getBucketName, listSweeps } from "@/lib/services/storage-report-service";
import { listTrash } from "@/lib/services/storage-trash-service";
import { restore, start } from "./actions";

export const metadata: Metadata = { title: "Storage · Platform" };

export default async function StoragePage() {
  const actor = await pagePlatform();
  const [sweeps, trash] = await Promise.all([listSweeps(actor), listTrash(actor)]);
  return (
    <div className="grid gap-8">
      <PlatformStorageHeader
        description="Sweeps compare the bucket with the files that the database knows. Every Sunday one puts old orphans into the trash."
        actions={<StorageSweepStart bucket={getBucketName(actor)} start={start} />}
      />
      <section aria-labelledby="sweeps" className="grid gap-3">
        <h2 id="sweeps" className="text-base font-semibold">
          Sweeps
        </h2>
        <StorageSweepTable sweeps={sweeps} />
      </section>
      <section aria-labelledby="trash" className="grid gap-3">
        <h2 id="trash" className="text-base font-semibold">
          Trash
        </h2>
        <StorageTrashTable objects={trash} restore={restore} />
      </section>
    </div>
  );
}
