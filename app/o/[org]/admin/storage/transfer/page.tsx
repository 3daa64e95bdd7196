import type { Metadata } from "next";
import { StorageHeader } from "@/components/storage/storage-header";
import { StorageSection } from "@/components/storage/storage-section";
import { TransferExportList } from "@/components/storage/transfer-export-list";
import { TransferExportStart } from "@/components/storage/transfer-export-start";
import { TransferImportList } from "@/components/storage/transfer-import-list";
import { TransferImportStart } from "@/components/storage/transfer-import-start";
import { TransferRefresh } from "@/components/storage/transfer-refresh";
import { isUnderWay } from "@/components/storage/transfer-state";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { getTransferOverview } from "@/lib/services/storage-transfer-service";
import { cancelExport, cancelImport, deleteExport, startExport, startImport } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/storage/transfer">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Export and import · ${actor.organization.name}` : "Export and import" };
}

export default async function TransferPage({ params }: PageProps<"/o/[org]/admin/storage/transfer">) {
  const { org } = await params;
  const actor = await pageMember(org, "storage.manage");
  const overview = await getTransferOverview(actor);
  const { exports, imports, days } = overview;
  const exporting = exports.some(isUnderWay);
  const importing = imports.some(isUnderWay);
  const kept = days === 1 ? "one day" : `${days} days`;
  return (
    <div className="grid grid-cols-1 gap-8">
      <StorageHeader org={org} />
      {exporting || importing ? <TransferRefresh /> : null}
      <StorageSection
        id="export"
        title="Export"
        about={`All courses with their videos and downloads in one archive, which any tar program opens. It is kept for ${kept} and does not count against your storage. Learners and their progress are not in it.`}
      >
        <TransferExportStart org={org} overview={overview} busy={exporting} start={startExport} />
        {exports.length > 0 ? <TransferExportList org={org} exports={exports} cancel={cancelExport} remove={deleteExport} /> : null}
      </StorageSection>
      <StorageSection
        id="import"
        title="Import"
        about="Brings the courses of an export into this organization, as drafts. What is here already stays as it is."
      >
        <TransferImportStart org={org} busy={importing} start={startImport} />
        {imports.length > 0 ? <TransferImportList org={org} imports={imports} cancel={cancelImport} /> : null}
      </StorageSection>
    </div>
  );
}
