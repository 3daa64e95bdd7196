import type { ReactNode } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";

/** Props of `PeopleHeader`. */
export interface PeopleHeaderProps {
  /** The organization's slug. */
  org: string;
  members?: number;
  invitations?: number;
  actions: ReactNode;
}

/** The head of both people pages: who is in, and who is asked. */
export function PeopleHeader({ org, members, invitations, actions }: PeopleHeaderProps) {
  const base = `/o/${org}/admin/people`;
  return (
    <div className="grid gap-5">
      <PageHeader title="People" description="Who belongs to this organization, and what each of them may do." actions={actions} />
      <NavTabs
        label="People"
        tabs={[
          { href: base, label: "Members", exact: true, count: members },
          { href: `${base}/invitations`, label: "Invitations", count: invitations },
        ]}
      />
    </div>
  );
}
