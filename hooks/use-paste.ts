"use client";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { toast } from "@/components/ui/toast";

type Field = {
  element: () => HTMLElement | null;
  accepts: (file: File) => boolean;
  take: (files: File[]) => void;
};

const fields = new Set<Field>();

/** Browsers call every picture from the clipboard the same; its moment tells it from the next one. */
function named(file: File): File {
  if (file.name !== "image.png") return file;
  const moment = new Date(file.lastModified || Date.now()).toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
  return new File([file], `pasted-${moment}.png`, { type: file.type, lastModified: file.lastModified });
}

function isWritable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input:not([type=file], [type=button], [type=checkbox], [type=radio]), textarea, select")
  );
}

function onPaste(event: ClipboardEvent): void {
  const files = Array.from(event.clipboardData?.files ?? [], named);
  const [first] = files;
  // Text and pictures that are pasted into text belong there; a dialog's belong to it.
  if (!first || isWritable(event.target)) return;
  const all = [...fields];
  const focused = all.find((field) => field.element()?.contains(document.activeElement));
  const matching = focused ? [focused] : all.filter((field) => field.accepts(first));
  const [field] = matching;
  if (!field) return;
  event.preventDefault();
  if (matching.length > 1) toast.info("Several fields take this file. Press Tab to one of them, then paste again.");
  else field.take(files);
}

/**
 * Gives pasted files to a field: to the one that has the focus, else to the only one on the page that takes such a file.
 */
export function usePaste(
  element: RefObject<HTMLElement | null>,
  { active, accepts, onFiles }: { active: boolean; accepts: (file: File) => boolean; onFiles: (files: File[]) => void },
): void {
  const take = useEffectEvent(onFiles);
  const matches = useEffectEvent(accepts);
  useEffect(() => {
    if (!active) return;
    const field: Field = { element: () => element.current, accepts: (file) => matches(file), take: (files) => take(files) };
    if (fields.size === 0) window.addEventListener("paste", onPaste);
    fields.add(field);
    return () => {
      fields.delete(field);
      if (fields.size === 0) window.removeEventListener("paste", onPaste);
    };
  }, [active, element]);
}
