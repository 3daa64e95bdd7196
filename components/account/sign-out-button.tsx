"use client";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useSignOut } from "@/hooks/use-sign-out";

/** Props of `SignOutButton`. */
export interface SignOutButtonProps extends Pick<ButtonProps, "variant" | "size" | "className"> {
  /** Where to go afterwards. */
  next?: string;
  children?: string;
}

/** Signs out, then goes on: to the sign-in page unless told otherwise. */
export function SignOutButton({ next, children = "Sign out", variant = "secondary", ...props }: SignOutButtonProps) {
  const { signOut, pending } = useSignOut();
  return (
    <Button variant={variant} pending={pending} onClick={() => void signOut(next)} {...props}>
      {children}
    </Button>
  );
}
