"use client";
import { useEffect, useEffectEvent } from "react";
import { useUnsavedGuard } from "@/hooks/use-unsaved-guard";
import { Button } from "./button";
import { Kbd } from "./kbd";

/** Props of `UnsavedBar`. */
export interface UnsavedBarProps {
  /** Whether there is something to save; the bar shows only then. */
  dirty: boolean;
  pending?: boolean;
  /** Why the last save failed; what was typed is kept. */
  error?: string | undefined;
  onSave: () => void;
  onDiscard: () => void;
}

/** A bar at the lower edge, clear of the tray of uploads, while a form has unsaved changes. Ctrl or Cmd and S saves; leaving the page asks. */
export function UnsavedBar({ dirty, pending = false, error, onSave, onDiscard }: UnsavedBarProps) {
  useUnsavedGuard(dirty);
  const save = useEffectEvent(() => {
    if (!pending) onSave();
  });
  useEffect(() => {
    if (!dirty) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      save();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [dirty]);

  if (!dirty) return null;
  return (
    <section
      aria-label="Unsaved changes"
      data-unsaved-bar
      className="sticky bottom-[calc(1rem+var(--tray-height,0px))] z-20 mt-6 flex animate-rise flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line-strong bg-raised py-3 pr-3 pl-4 shadow-float md:bottom-4 md:mr-[var(--tray-width,0px)]"
    >
      {error ? (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : (
        <p role="status" className="text-sm font-medium">
          Unsaved changes
        </p>
      )}
      <div className="ml-auto flex items-center gap-2">
        <span aria-hidden className="mr-2 flex gap-1 max-md:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>S</Kbd>
        </span>
        <Button variant="ghost" size="sm" onClick={onDiscard} disabled={pending}>
          Discard
        </Button>
        <Button size="sm" onClick={onSave} pending={pending}>
          Save
        </Button>
      </div>
    </section>
  );
}
