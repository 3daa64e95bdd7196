import { UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { NavEntry, ShellUser } from "./navigation";
import { ShellMenu, ShellMenuLink, ShellMenuSeparator } from "./shell-menu";

/** Props of `AccountMenu`. */
export interface AccountMenuProps {
  user: ShellUser;
  accountHref: string;
  /** More places, such as "Admin" for those who may. */
  links?: readonly NavEntry[];
  /** A `ShellMenuItem` that signs out. */
  signOut: ReactNode;
}

/** Who is signed in, the theme, the account, and the way out. */
export function AccountMenu({ user, accountHref, links = [], signOut }: AccountMenuProps) {
  const name = user.name || user.email;
  return (
    <ShellMenu
      label="Account"
      align="end"
      triggerClassName="grid size-10 shrink-0 place-items-center rounded-full transition-colors hover:bg-sunken"
      trigger={
        <>
          <Avatar name={name} src={user.image} />
          <span className="sr-only">Account of {name}</span>
        </>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{name}</p>
        {user.name ? <p className="truncate text-xs text-muted">{user.email}</p> : null}
      </div>
      <ShellMenuSeparator />
      {links.map((link) => (
        <ShellMenuLink key={link.href} href={link.href}>
          {link.icon}
          {link.label}
        </ShellMenuLink>
      ))}
      <ShellMenuLink href={accountHref}>
        <UserRound aria-hidden />
        Account
      </ShellMenuLink>
      <ShellMenuSeparator />
      <div className="flex items-center justify-between gap-2 px-2 py-1 text-sm">
        Theme
        <ThemeToggle />
      </div>
      <ShellMenuSeparator />
      {signOut}
    </ShellMenu>
  );
}
