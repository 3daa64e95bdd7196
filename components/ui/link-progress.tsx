"use client";
import { useLinkStatus } from "next/link";
import { createPortal } from "react-dom";

/**
 * A line at the top of the window while the page behind the link around it is on its way; it shows only when that takes long enough to
 * be noticed. Pages have no loading screens of their own: those would be sent before a page knows that it must answer "not found".
 */
export function LinkProgress() {
  const { pending } = useLinkStatus();
  return pending ? createPortal(<span aria-hidden className="link-progress" />, document.body) : null;
}
