"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Milliseconds between two looks at a transfer that is under way. */
const EVERY = 3_000;

/** Keeps the page fresh while it is shown and something on it is under way. */
export function TransferRefresh() {
  const router = useRouter();
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, EVERY);
    return () => window.clearInterval(timer);
  }, [router]);
  return null;
}
