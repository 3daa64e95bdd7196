import { BookOpen, HardDrive, LayoutDashboard, Settings, ShieldCheck, Users } from "lucide-react";
import { SignOutItem } from "@/components/account/sign-out-item";
import { UploadTray } from "@/components/file-uploader/upload-tray";
import { AdminShell } from "@/components/shell/admin-shell";
import type { NavGroup } from "@/components/shell/navigation";
import { OrganizationAccent } from "@/components/shell/organization-accent";
import { OrganizationSwitcher } from "@/components/shell/organization-switcher";
import { StorageBanner } from "@/components/storage/storage-banner";
import { findMember } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import type { MemberActor } from "@/lib/policies/actor";
import { listOwnOrganizations } from "@/lib/services/access-service";
import { getStorageLevel } from "@/lib/services/storage-usage-service";

function navigation(actor: MemberActor): NavGroup[] {
  const base = `/o/${actor.organization.slug}/admin`;
  const entry = (label: string, path: string, icon: NavGroup["entries"][number]["icon"]) => ({ label, href: `${base}/${path}`, icon });
  return [
    {
      entries: [
        { label: "Overview", href: base, icon: <LayoutDashboard aria-hidden />, exact: true },
        ...(can(actor, "course.author") ? [entry("Courses", "courses", <BookOpen aria-hidden />)] : []),
        ...(can(actor, "member.view") ? [entry("People", "people", <Users aria-hidden />)] : []),
      ],
    },
    {
      label: "Organization",
      entries: [
        ...(can(actor, "storage.view") ? [entry("Storage", "storage", <HardDrive aria-hidden />)] : []),
        ...(can(actor, "organization.update") ? [entry("Settings", "settings", <Settings aria-hidden />)] : []),
      ],
    },
  ].filter(({ entries }) => entries.length > 0);
}

/** The admin's frame. It guards nothing: for who may not see a page, the page itself answers. */
export default async function AdminLayout({ children, params }: LayoutProps<"/o/[org]/admin">) {
  const { org } = await params;
  const actor = await findMember(org);
  if (!actor || !can(actor, "admin.view")) return children;
  const [organizations, level] = await Promise.all([
    listOwnOrganizations(actor),
    can(actor, "storage.view") ? getStorageLevel(actor) : null,
  ]);
  const logo = organizations.find(({ slug }) => slug === org)?.logo ?? null;
  return (
    <>
      <OrganizationAccent accent={actor.organization.accentColor} />
      <AdminShell
        groups={navigation(actor)}
        banner={level ? <StorageBanner org={org} level={level} /> : null}
        switcher={
          <OrganizationSwitcher
            current={{ name: actor.organization.name, logo, href: `/o/${org}/admin` }}
            organizations={organizations.map(({ name, logo, home }) => ({ name, logo, href: home }))}
          />
        }
        learnerHref={`/o/${org}`}
        user={{ name: actor.name, email: actor.email }}
        accountHref="/account"
        accountLinks={actor.platformAdmin ? [{ label: "Platform", href: "/platform/admin", icon: <ShieldCheck aria-hidden /> }] : []}
        signOut={<SignOutItem />}
      >
        {children}
        {/* Lets the end of the page be scrolled clear of the tray. */}
        <div aria-hidden className="h-[var(--tray-height,0px)]" />
      </AdminShell>
      {can(actor, "media.upload") ? <UploadTray org={org} /> : null}
    </>
  );
}
