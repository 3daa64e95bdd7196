import type { Metadata } from "next";
import { OrganizationForm } from "@/components/organization/organization-form";
import { PageHeader } from "@/components/ui/page-header";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { saveOrganization } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/settings">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Settings · ${actor.organization.name}` : "Settings" };
}

export default async function SettingsPage({ params }: PageProps<"/o/[org]/admin/settings">) {
  const { org } = await params;
  const { organization } = await pageMember(org, "organization.update");
  const { name, slug, accentColor } = organization;
  return (
    <div className="grid gap-6">
      <PageHeader title="Settings" description="How your academy introduces itself to the people in it." />
      <OrganizationForm key={`${name}${accentColor}`} org={org} saved={{ name, slug, accentColor }} save={saveOrganization} />
    </div>
  );
}
