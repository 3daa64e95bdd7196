"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { toRoute } from "@/components/ui/route";

/** Where a click on a link inside this site leads, or null when the click is none of ours. */
function addressOfClick(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || (link.target !== "" && link.target !== "_self") || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const here = window.location;
  return url.origin === here.origin && (url.pathname !== here.pathname || url.search !== here.search) ? url : null;
}

/**
 * Holds back links and the Back button inside the site while `dirty`, until the person has answered. Leaving the site is
 * `useUnsavedGuard`'s. Back can be held where the browser has the Navigation API; elsewhere it leaves.
 */
export function useLeaveGuard(dirty: boolean) {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const allowed = useRef(false);

  useEffect(() => {
    if (!dirty) return;
    allowed.current = false;
    const onClick = (event: MouseEvent) => {
      const url = allowed.current ? null : addressOfClick(event);
      if (!url) return;
      event.preventDefault();
      event.stopPropagation();
      setLeave(() => () => router.push(toRoute(url.pathname + url.search + url.hash)));
    };
    const onNavigate = (event: NavigateEvent) => {
      if (allowed.current || event.navigationType !== "traverse" || !event.cancelable || event.hashChange) return;
      event.preventDefault();
      const { key } = event.destination;
      setLeave(() => () => window.navigation.traverseTo(key));
    };
    const traversal = "navigation" in window ? window.navigation : null;
    document.addEventListener("click", onClick, true);
    traversal?.addEventListener("navigate", onNavigate);
    return () => {
      document.removeEventListener("click", onClick, true);
      traversal?.removeEventListener("navigate", onNavigate);
    };
  }, [dirty, router]);

  return {
    /** Somebody wants to leave, and waits for an answer. */
    asking: leave !== null,
    stay: () => setLeave(null),
    go: () => {
      allowed.current = true;
      leave?.();
      setLeave(null);
    },
  };
}
