import type { Metadata } from "next";
import { cache } from "react";
import { InviteOwnerForm } from "@/components/organization/invite-owner-form";
import { OwnerList } from "@/components/organization/owner-list";
import { StorageLimitsForm } from "@/components/organization/storage-limits-form";
import { AppLink } from "@/components/ui/app-link";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatGroup } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import { hrefWith } from "@/lib/core/page-href";
import { orNotFound, pagePlatform } from "@/lib/gates/require-actor";
import { getOrganization } from "@/lib/services/organization-service";
import { getStorageLimits } from "@/lib/services/storage-limit-service";
import { inviteOneOwner, setLimits } from "../actions";

type Props = PageProps<"/platform/admin/organizations/[id]">;

/** Read once for the title and the page. */
const loadOrganization = cache(async (id: string) => orNotFound(getOrganization(await pagePlatform(), id)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  return { title: `${(await loadOrganization(id)).name} · Platform` };
}

export default async function OrganizationPage({ params }: Props) {
  const actor = await pagePlatform();
  const { id } = await params;
  const organization = await loadOrganization(id);
  const limits = await orNotFound(getStorageLimits(actor, id));
  return (
    <div className="grid gap-8">
      <PageHeader
        eyebrow={<Breadcrumbs items={[{ label: "Organizations", href: "/platform/admin/organizations" }, { label: organization.name }]} />}
        title={organization.name}
        description={
          <>
            <span className="font-mono">{organization.slug}</span>, created <Time value={organization.createdAt} />
          </>
        }
        actions={
          <Button asChild variant="secondary">
            <AppLink href={hrefWith("/platform/admin/audit", { organization: id })}>Show its audit</AppLink>
          </Button>
        }
      />
      <StatGroup>
        <Stat label="Members" value={organization.members} />
        <Stat label="Courses" value={organization.courses} />
        <Stat label="Storage" value={formatBytes(organization.usedBytes)} hint={`of ${formatBytes(organization.limitBytes)}`} />
        <Stat
          label="Files lie under"
          value={<span className="block pt-1 font-mono text-sm leading-5 font-normal break-all">{organization.storagePrefix}</span>}
        />
      </StatGroup>
      <Card>
        <CardHeader
          title="Storage limits"
          description="They apply at once. A limit below what is used deletes nothing: uploads are refused until the files fit."
        />
        <CardBody>
          <StorageLimitsForm
            key={JSON.stringify(limits)}
            organizationId={id}
            saved={limits}
            usedBytes={organization.usedBytes}
            save={setLimits}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Owners" description="They invite everybody else. An organization keeps at least one." />
        <CardBody className="grid gap-6">
          <OwnerList owners={organization.owners} invited={organization.invitedOwners} />
          <InviteOwnerForm organizationId={id} invite={inviteOneOwner} />
        </CardBody>
      </Card>
    </div>
  );
}
