"use client";
import { ChevronDown, ChevronUp, Pause, Play } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useKeptFocus } from "@/hooks/use-kept-focus";
import { useTrayRoom } from "@/hooks/use-tray-room";
import { useUploads } from "@/hooks/use-uploads";
import { control, loadUploads } from "./page-uploads";
import { summarise, trayItems } from "./tray-summary";
import { UploadAnnouncer } from "./upload-announcer";
import { percentText } from "./upload-text";
import { UploadTrayItem } from "./upload-tray-item";

/** Asks for the person's unfinished uploads once the page has nothing better to do. */
function useOwnUploads(org: string): void {
  useEffect(() => {
    const load = () => {
      loadUploads().then(
        (uploads) => uploads.loadOwn(org),
        // Not reached: the list is a courtesy, and the next page or file asks again.
        () => undefined,
      );
    };
    if ("requestIdleCallback" in window) {
      const request = window.requestIdleCallback(load, { timeout: 5000 });
      return () => window.cancelIdleCallback(request);
    }
    const timer = setTimeout(load, 1000);
    return () => clearTimeout(timer);
  }, [org]);
}

/** All uploads of this page while one moves through the admin side: a line, and a list for who wants it. Not there when there are none. */
export function UploadTray({ org }: { org: string }) {
  useOwnUploads(org);
  const pathname = usePathname();
  const items = trayItems(useUploads(), pathname);
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const shown = items.length > 0;
  useTrayRoom(panel, shown);

  const { onFocus, onBlur } = useKeptFocus(() => toggle.current ?? document.getElementById("main"));
  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog that was opened from here closes by the same key, and has heard it first.
    if (event.key !== "Escape" || !open || event.defaultPrevented) return;
    event.stopPropagation();
    setOpen(false);
    toggle.current?.focus();
  };

  // The page that a link leads to is to be seen, not the list.
  const onClickCapture = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a")) setOpen(false);
  };

  const { text, progress, canPause, canResume } = summarise(items);
  const Mark = open ? ChevronDown : ChevronUp;
  return (
    <>
      <UploadAnnouncer />
      {shown ? (
        <section
          ref={panel}
          aria-label="Uploads"
          onFocus={onFocus}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          onClickCapture={onClickCapture}
          className="fixed inset-x-3 bottom-3 z-20 flex max-h-[min(60dvh,32rem)] animate-[appear_140ms_400ms_both] flex-col overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float sm:right-4 sm:bottom-4 sm:left-auto sm:w-80 lg:w-96"
        >
          <div className="flex items-center gap-1 py-1.5 pr-1.5 pl-1.5">
            <Button
              ref={toggle}
              variant="ghost"
              aria-expanded={open}
              aria-controls={listId}
              onClick={() => setOpen(!open)}
              className="h-auto min-h-9 min-w-0 flex-1 justify-start px-2.5 py-1.5 text-left whitespace-normal"
            >
              <Mark aria-hidden />
              <span className="min-w-0 tabular-nums">{text}</span>
              <span className="sr-only">, {open ? "hide" : "show"} the list of uploads</span>
            </Button>
            {canPause || canResume ? (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={canPause ? "Pause all uploads" : "Resume all uploads"}
                onClick={() => control((uploads) => (canPause ? uploads.pauseAll() : uploads.resumeAll()))}
              >
                {canPause ? <Pause aria-hidden /> : <Play aria-hidden />}
              </Button>
            ) : null}
          </div>
          {progress ? (
            <ProgressBar
              label="All uploads"
              value={progress.sent}
              max={progress.size}
              valueText={percentText(progress.sent, progress.size)}
              size="sm"
              className="mx-4 mb-2.5 shrink-0"
            />
          ) : null}
          <ul id={listId} hidden={!open} aria-label="List of uploads" className="divide-y divide-line overflow-y-auto border-t border-line">
            {items.map((item) => (
              <UploadTrayItem key={item.id} item={item} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
