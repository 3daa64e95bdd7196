"use client";
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { filesOfDrop } from "./engine/dropped-files";

const hasFiles = (event: { dataTransfer: DataTransfer | null }) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes dropped files and those in dropped folders, and keeps a file that is dropped beside it from replacing the page. */
export function DropZone({
  active,
  filled,
  onFiles,
  onRefused,
  onUnreadable,
  children,
}: {
  active: boolean;
  /** A file is there: the frame no longer invites one */
  filled: boolean;
  onFiles: (files: File[]) => void;
  /** Files were dropped while it is not active. */
  onRefused: () => void;
  /** A folder that was dropped can't be read. */
  onUnreadable: () => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  // Entering a child fires before leaving the parent.
  const depth = useRef(0);

  useEffect(() => {
    const keepPage = (event: globalThis.DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    return () => {
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
    };
  }, []);

  const enter = (event: DragEvent) => {
    if (!active || !hasFiles(event)) return;
    depth.current += 1;
    setOver(true);
  };
  const leave = (event: DragEvent) => {
    if (!active || !hasFiles(event)) return;
    depth.current -= 1;
    if (depth.current <= 0) setOver(false);
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (active) filesOfDrop(event.dataTransfer).then(onFiles, onUnreadable);
    else onRefused();
  };

  return (
    <div
      onDragEnter={enter}
      onDragLeave={leave}
      onDrop={drop}
      className={cn(
        "@container grid grid-cols-1 gap-3 rounded-lg border bg-surface p-4 transition-colors",
        filled ? "border-line-strong" : "border-dashed border-line-control",
        over && "border-dashed border-accent-text bg-accent-soft",
      )}
    >
      {children}
    </div>
  );
}
