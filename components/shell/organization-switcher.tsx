"use client";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ShellOrganization } from "./navigation";

/** Props of `OrganizationSwitcher`. */
export interface OrganizationSwitcherProps {
  current: ShellOrganization;
  /** All organizations of the person, the current one included. With one only, the name is a plain link. */
  organizations: readonly ShellOrganization[];
  /** Further `DropdownMenuItem`s, such as the platform's side. */
  children?: ReactNode;
  className?: string;
}

/** The organization in view, and the way to the others. */
export function OrganizationSwitcher({ current, organizations, children, className }: OrganizationSwitcherProps) {
  const name = (
    <>
      <Avatar name={current.name} src={current.logo} shape="square" />
      <span className="truncate text-sm font-semibold">{current.name}</span>
    </>
  );
  const look = cn("flex h-10 min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left transition-colors", className);
  if (organizations.length < 2 && !children) {
    return (
      <AppLink href={current.href} className={cn(look, "hover:bg-sunken")}>
        {name}
      </AppLink>
    );
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className={cn(look, "hover:bg-sunken dark:hover:bg-raised")}>
        {name}
        <span className="sr-only">, switch organization</span>
        <ChevronsUpDown aria-hidden className="ml-auto size-4 shrink-0 text-muted" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        {organizations.map((organization) => (
          <DropdownMenuItem key={organization.href} asChild>
            <AppLink href={organization.href}>
              <Avatar name={organization.name} src={organization.logo} shape="square" size="sm" />
              <span className="truncate">{organization.name}</span>
              {organization.href === current.href ? <Check aria-label="in view" className="ml-auto" /> : null}
            </AppLink>
          </DropdownMenuItem>
        ))}
        {children ? <DropdownMenuSeparator /> : null}
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
