import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import type { ShellOrganization } from "./navigation";
import { ShellMenu, ShellMenuLink, ShellMenuSeparator } from "./shell-menu";

/** Props of `OrganizationSwitcher`. */
export interface OrganizationSwitcherProps {
  current: ShellOrganization;
  /** All organizations of the person, the current one included. With one only, the name is a plain link. */
  organizations: readonly ShellOrganization[];
  /** Further `ShellMenuLink`s, such as the platform's side. */
  children?: ReactNode;
  className?: string;
}

/** The organization in view, and the way to the others. */
export function OrganizationSwitcher({ current, organizations, children, className }: OrganizationSwitcherProps) {
  const look = cn("flex h-10 min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left transition-colors hover:bg-line/50", className);
  const name = (
    <>
      <Avatar name={current.name} src={current.logo} shape="square" />
      <span className="truncate text-sm font-semibold">{current.name}</span>
    </>
  );
  if (organizations.length < 2 && !children) {
    return (
      <AppLink href={current.href} className={look}>
        {name}
      </AppLink>
    );
  }
  return (
    <ShellMenu
      label="Organizations"
      align="start"
      triggerClassName={look}
      trigger={
        <>
          {name}
          <span className="sr-only">, switch organization</span>
          <ChevronsUpDown aria-hidden className="ml-auto size-4 shrink-0 text-muted" />
        </>
      }
    >
      {organizations.map((organization) => (
        <ShellMenuLink
          key={organization.href}
          href={organization.href}
          aria-current={organization.href === current.href ? "true" : undefined}
        >
          <Avatar name={organization.name} src={organization.logo} shape="square" size="sm" />
          <span className="truncate">{organization.name}</span>
          {organization.href === current.href ? <Check aria-hidden className="ml-auto" /> : null}
        </ShellMenuLink>
      ))}
      {children ? <ShellMenuSeparator /> : null}
      {children}
    </ShellMenu>
  );
}
