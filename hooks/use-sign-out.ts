"use client";
import { useState } from "react";
import { toast } from "@/components/ui/toast";

/**
 * Signs out and leaves for `next`. A full page load, so that nothing of the last person stays in the browser's memory. Plain fetch:
 * every page has this, and the sign-in library would cost each of them.
 */
export function useSignOut() {
  const [pending, setPending] = useState(false);
  const signOut = async (next = "/sign-in") => {
    setPending(true);
    try {
      const response = await fetch("/api/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
      if (!response.ok) throw new Error(`sign-out answered ${response.status}`);
      window.location.assign(next);
    } catch {
      setPending(false);
      toast.error("You are still signed in: the server could not be reached. Try again in a moment.");
    }
  };
  return { signOut, pending };
}
