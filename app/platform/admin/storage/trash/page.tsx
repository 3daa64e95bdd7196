import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PlatformStorageHeader } from "@/components/platform/storage-header";
import { StorageTrash } from "@/components/platform/storage-trash";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { SearchInput } from "@/components/ui/search-input";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { pagePlatform } from "@/lib/gates/require-actor";
import { trashPageSchema } from "@/lib/schemas/storage-sweep";
import { listTrash } from "@/lib/services/storage-restore-service";
import { restore } from "../actions";

export const metadata: Metadata = { title: "Storage trash · Platform" };

const path = "/platform/admin/storage/trash";

export default async function TrashPage({ searchParams }: PageProps<"/platform/admin/storage/trash">) {
  const actor = await pagePlatform();
  const { q, page } = trashPageSchema.parse(await searchParams);
  const trash = await listTrash(actor, { q, page });
  const lastPage = hrefFromPastTheEnd(path, { q }, trash);
  if (lastPage) redirect(toRoute(lastPage));
  return (
    <div className="grid gap-6">
      <PlatformStorageHeader description="What sweeps have taken, until it is deleted for good. Restored, an object lies where it was." />
      {q || trash.total > 0 ? <SearchInput label="Search by key" /> : null}
      <StorageTrash key={`${q} ${page}`} objects={trash.items} search={q} restore={restore} />
      <Pagination {...pageHrefs(path, { q }, trash)} summary={pageSummary(trash)} />
    </div>
  );
}
