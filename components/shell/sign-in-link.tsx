"use client";
import { usePathname } from "next/navigation";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";

/** The way to the sign-in page, from everywhere but that page. */
export function SignInLink() {
  if (usePathname() === "/sign-in") return null;
  return (
    <Button asChild variant="secondary" size="sm">
      <AppLink href="/sign-in">Sign in</AppLink>
    </Button>
  );
}
