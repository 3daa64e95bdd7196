import type { Metadata } from "next";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { StorageMoveGuide } from "@/components/platform/storage-move-guide";
import { StorageMoveTable } from "@/components/platform/storage-move-table";
import { StorageStoreTable } from "@/components/platform/storage-store-table";
import { pagePlatform } from "@/lib/gates/require-actor";
import { findOtherEnd, listMoves, listStores } from "@/lib/services/storage-move-service";

export const metadata: Metadata = { title: "Moves · Storage · Platform" };

export default async function MovesPage() {
  const actor = await pagePlatform();
  const [stores, moves] = await Promise.all([listStores(actor), listMoves(actor)]);
  return (
    <div className="grid gap-8">
      <PlatformStorageHeader description="Files can move to another provider or to other keys while people upload and watch. Moves are begun from a command line." />
      <section aria-labelledby="stores" className="grid gap-3">
        <h2 id="stores" className="text-base font-semibold">
          Buckets
        </h2>
        <StorageStoreTable stores={stores} />
      </section>
      <section aria-labelledby="moves" className="grid gap-3">
        <h2 id="moves" className="text-base font-semibold">
          Runs
        </h2>
        <StorageMoveTable moves={moves} />
      </section>
      <section aria-labelledby="guide" className="grid gap-3">
        <h2 id="guide" className="text-base font-semibold">
          How to begin one
        </h2>
        <StorageMoveGuide other={findOtherEnd(actor)} />
      </section>
    </div>
  );
}
