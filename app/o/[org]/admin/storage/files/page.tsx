import { CircleCheck, HardDrive } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FileTable } from "@/components/storage/file-table";
import { FileViewLinks } from "@/components/storage/file-view-links";
import { StorageHeader } from "@/components/storage/storage-header";
import { storageFilesPath } from "@/components/storage/storage-paths";
import { fileCount, viewTexts } from "@/components/storage/storage-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { formatBytes } from "@/lib/core/bytes";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { storageFilesSchema } from "@/lib/schemas/storage";
import { listStorageFiles } from "@/lib/services/storage-usage-service";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/storage/files">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Files · ${actor.organization.name}` : "Files" };
}

export default async function StorageFilesPage({ params, searchParams }: PageProps<"/o/[org]/admin/storage/files">) {
  const { org } = await params;
  const actor = await pageMember(org, "storage.view");
  const input = storageFilesSchema.parse(await searchParams);
  const list = await listStorageFiles(actor, input);
  const query = { view: input.view === "largest" ? undefined : input.view };
  const lastPage = hrefFromPastTheEnd(storageFilesPath(org), query, list);
  if (lastPage) redirect(toRoute(lastPage));
  const text = viewTexts[list.view];
  return (
    <div className="grid grid-cols-1 gap-6">
      <StorageHeader org={org} />
      <div className="grid gap-3">
        <FileViewLinks org={org} chosen={list.view} />
        <p className="text-sm text-muted tabular-nums">
          {text.about} {list.total > 0 ? `${fileCount(list.total)}, ${formatBytes(list.bytes)}.` : ""}
        </p>
      </div>
      {list.items.length > 0 ? (
        <FileTable org={org} files={list.items} />
      ) : (
        <EmptyState icon={list.view === "largest" ? HardDrive : CircleCheck} title={text.emptyTitle}>
          {text.empty}
        </EmptyState>
      )}
      <Pagination {...pageHrefs(storageFilesPath(org), query, list)} summary={pageSummary(list)} />
    </div>
  );
}
