import type { Metadata } from "next";
import { CreateOrganizationForm } from "@/components/organization/create-organization-form";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { pagePlatform } from "@/lib/gates/require-actor";
import { create } from "../actions";

export const metadata: Metadata = { title: "New organization · Platform" };

export default async function NewOrganizationPage() {
  await pagePlatform();
  return (
    <div className="grid gap-8">
      <PageHeader
        eyebrow={<Breadcrumbs items={[{ label: "Organizations", href: "/platform/admin/organizations" }, { label: "New" }]} />}
        title="New organization"
        description="It starts empty, with its own storage. Its first owner takes it from there."
      />
      <CreateOrganizationForm create={create} />
    </div>
  );
}
