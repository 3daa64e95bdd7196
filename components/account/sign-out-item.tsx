"use client";
import { LogOut } from "lucide-react";
import { ShellMenuItem } from "@/components/shell/shell-menu";
import { useSignOut } from "@/hooks/use-sign-out";

/** The last entry of the account menu, which stays open until the page changes: a failure leaves the way out in place. */
export function SignOutItem() {
  const { signOut, pending } = useSignOut();
  return (
    <ShellMenuItem aria-disabled={pending || undefined} onClick={() => (pending ? undefined : void signOut())}>
      <LogOut aria-hidden />
      {pending ? "Signing out" : "Sign out"}
    </ShellMenuItem>
  );
}
