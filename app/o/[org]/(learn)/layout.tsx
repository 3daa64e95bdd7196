import { BookOpen, House, Settings2 } from "lucide-react";
import { SignOutItem } from "@/components/account/sign-out-item";
import { LearnerShell } from "@/components/shell/learner-shell";
import { OrganizationAccent } from "@/components/shell/organization-accent";
import { findMember } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import { listOwnOrganizations } from "@/lib/services/access-service";

/** The learner's frame. It guards nothing: for who is not a member, the page itself answers. */
export default async function LearnerLayout({ children, params }: LayoutProps<"/o/[org]">) {
  const { org } = await params;
  const actor = await findMember(org);
  if (!actor) return children;
  const home = `/o/${org}`;
  const organizations = await listOwnOrganizations(actor);
  const logo = organizations.find(({ slug }) => slug === org)?.logo ?? null;
  return (
    <>
      <OrganizationAccent accent={actor.organization.accentColor} />
      <LearnerShell
        organization={{ name: actor.organization.name, logo, href: home }}
        organizations={organizations.map(({ name, logo, slug }) => ({ name, logo, href: `/o/${slug}` }))}
        entries={[
          { label: "Home", href: home, icon: <House aria-hidden />, exact: true },
          { label: "Courses", href: `${home}/courses`, icon: <BookOpen aria-hidden /> },
        ]}
        user={{ name: actor.name, email: actor.email }}
        accountHref="/account"
        accountLinks={can(actor, "admin.view") ? [{ label: "Admin", href: `${home}/admin`, icon: <Settings2 aria-hidden /> }] : []}
        signOut={<SignOutItem />}
      >
        {children}
      </LearnerShell>
    </>
  );
}
