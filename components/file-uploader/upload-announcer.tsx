"use client";
import { useEffect, useRef } from "react";
import { useUploads } from "@/hooks/use-uploads";
import { announce, type Said } from "./announcements";

/** Tells a screen reader how the uploads go: one voice for all of them, so that two fields do not talk at once. */
export function UploadAnnouncer() {
  const items = useUploads();
  const said = useRef<Said>(new Map());
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const news = announce(said.current, items);
    said.current = news.said;
    if (news.text && place.current) place.current.textContent = news.text;
  }, [items]);
  return <p ref={place} role="status" aria-label="Upload news" className="sr-only" />;
}
