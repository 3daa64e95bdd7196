"use client";
import { useEffect, type RefObject } from "react";

/**
 * Tells the page how much of its lower edge a floating panel takes: `--tray-height`, with the space around it, and `--tray-width`.
 * What else sits there (the bar of unsaved changes, messages, the end of the page) keeps clear of it.
 */
export function useTrayRoom(panel: RefObject<HTMLElement | null>, shown: boolean): void {
  useEffect(() => {
    const element = panel.current;
    if (!shown || !element) return;
    const { style } = document.documentElement;
    const measure = () => {
      const box = element.getBoundingClientRect();
      style.setProperty("--tray-height", `${Math.ceil(window.innerHeight - box.top)}px`);
      style.setProperty("--tray-width", `${Math.ceil(box.width)}px`);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
      style.removeProperty("--tray-height");
      style.removeProperty("--tray-width");
    };
  }, [panel, shown]);
}
