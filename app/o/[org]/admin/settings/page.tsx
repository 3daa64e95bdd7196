import type { Metadata } from "next";
import { OrganizationForm } from "@/components/organization/organization-form";
import { PageHeader } from "@/components/ui/page-header";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { getOrganizationSettings } from "@/lib/services/organization-service";
import { uploadLimits } from "@/lib/services/upload-service";
import { saveOrganization } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/settings">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Settings · ${actor.organization.name}` : "Settings" };
}

export default async function SettingsPage({ params }: PageProps<"/o/[org]/admin/settings">) {
  const { org } = await params;
  const actor = await pageMember(org, "organization.update");
  const [saved, limitsOf] = await Promise.all([getOrganizationSettings(actor), uploadLimits(actor)]);
  const limits = limitsOf("AVATAR");
  return (
    <div className="grid gap-6">
      <PageHeader title="Settings" description="How your academy introduces itself to the people in it." />
      <OrganizationForm
        key={JSON.stringify([saved.name, saved.accentColor, saved.logo?.id])}
        org={org}
        saved={saved}
        limits={{ ...limits, hint: `${limits.hint}. Shown in a square` }}
        save={saveOrganization}
      />
    </div>
  );
}
