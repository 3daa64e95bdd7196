"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page anew so often, in milliseconds, while somebody looks at it; null: not. */
export function usePageRefresh(every: number | null): void {
  const router = useRouter();
  useEffect(() => {
    if (every === null) return;
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, every);
    return () => window.clearInterval(timer);
  }, [every, router]);
}
