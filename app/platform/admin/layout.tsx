import { Building2, HardDrive, LayoutDashboard, ListChecks, ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import { SignOutItem } from "@/components/account/sign-out-item";
import { PlatformShell } from "@/components/shell/platform-shell";
import { findUserActor } from "@/lib/gates/require-actor";

const groups = [
  {
    entries: [
      { label: "Overview", href: "/platform/admin", icon: <LayoutDashboard aria-hidden />, exact: true },
      { label: "Organizations", href: "/platform/admin/organizations", icon: <Building2 aria-hidden /> },
    ],
  },
  {
    label: "Operations",
    entries: [
      { label: "Storage", href: "/platform/admin/storage", icon: <HardDrive aria-hidden /> },
      { label: "Jobs", href: "/platform/admin/jobs", icon: <ListChecks aria-hidden /> },
      { label: "Audit", href: "/platform/admin/audit", icon: <ScrollText aria-hidden /> },
    ],
  },
];

/** The frame of the platform's own side. It guards nothing: the pages do. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  const user = await findUserActor();
  if (!user?.platformAdmin) return children;
  return (
    <PlatformShell
      groups={groups}
      homeHref="/platform/admin"
      user={{ name: user.name, email: user.email }}
      accountHref="/account"
      accountLinks={[{ label: "Organizations", href: "/start", icon: <Building2 aria-hidden /> }]}
      signOut={<SignOutItem />}
    >
      {children}
    </PlatformShell>
  );
}
