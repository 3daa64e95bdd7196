"use client";
import { UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { NavEntry, ShellUser } from "./navigation";
import { ThemeMenuItems } from "./theme-menu-items";

/** Props of `AccountMenu`. */
export interface AccountMenuProps {
  user: ShellUser;
  accountHref: string;
  /** More places, such as "Admin" for those who may. */
  links?: readonly NavEntry[];
  /** One or more `DropdownMenuItem`s, or a client component that renders one. */
  signOut: ReactNode;
}

/** Who is signed in, the theme, the account, and the way out. */
export function AccountMenu({ user, accountHref, links = [], signOut }: AccountMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="grid size-10 shrink-0 place-items-center rounded-full transition-colors hover:bg-sunken">
        <Avatar name={user.name || user.email} src={user.image} />
        <span className="sr-only">Account of {user.name || user.email}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-64">
        <DropdownMenuLabel className="py-1.5">
          <span className="block truncate text-sm text-ink">{user.name || user.email}</span>
          {user.name ? <span className="block truncate font-normal">{user.email}</span> : null}
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        {links.map((link) => (
          <DropdownMenuItem key={link.href} asChild>
            <AppLink href={link.href}>
              {link.icon}
              {link.label}
            </AppLink>
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem asChild>
          <AppLink href={accountHref}>
            <UserRound aria-hidden />
            Account
          </AppLink>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <ThemeMenuItems />
        <DropdownMenuSeparator />
        {signOut}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
