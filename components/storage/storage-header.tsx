import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { storageFilesPath, storagePath, storageTransferPath } from "./storage-paths";

/** The head of the storage pages. `org` is the organization's slug. */
export function StorageHeader({ org }: { org: string }) {
  return (
    <div className="grid gap-5">
      <PageHeader title="Storage" description="What this organization's files take, where it goes, and what could go." />
      <NavTabs
        label="Storage"
        tabs={[
          { href: storagePath(org), label: "Overview", exact: true },
          { href: storageFilesPath(org), label: "Files" },
          { href: storageTransferPath(org), label: "Export and import" },
        ]}
      />
    </div>
  );
}
