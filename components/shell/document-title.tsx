"use client";
import { useEffect } from "react";

/**
 * Names the tab of a page that stands in for another one. Next writes the stand-in's own title into the first HTML, but when the browser
 * takes over it renders the refused page's metadata again (16.4).
 */
export function DocumentTitle({ title }: { title: string }) {
  useEffect(() => {
    document.title = `${title} · Sidecar`;
  }, [title]);
  return null;
}
