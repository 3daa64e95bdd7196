import type { ReactNode } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";

/** The head of the platform's storage pages. */
export function PlatformStorageHeader({ description, actions }: { description: string; actions?: ReactNode }) {
  return (
    <div className="grid gap-5">
      <PageHeader title="Storage" description={description} actions={actions} />
      <NavTabs
        label="Storage"
        tabs={[
          { href: "/platform/admin/storage", label: "Sweeps", exact: true },
          { href: "/platform/admin/storage/trash", label: "Trash" },
          { href: "/platform/admin/storage/organizations", label: "Organizations" },
          { href: "/platform/admin/storage/moves", label: "Moves" },
          { href: "/platform/admin/storage/replica", label: "Replica" },
        ]}
      />
    </div>
  );
}
