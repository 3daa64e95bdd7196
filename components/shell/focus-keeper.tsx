"use client";
import { useEffect } from "react";

/** What takes the focus of a control in it that is gone. */
const HOMES = "[data-focus-home], section, fieldset, main, [role=region], [role=group]";
/** These have rules of their own for the focus, which come first. */
const FLOATING = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const CONTROLS = "button, a, input, select, textarea, summary, [tabindex]";
/** Milliseconds until a control that is gone has had its own way of handing the focus on. */
const PATIENCE = 100;

/** The parts of the page that a control is in, the nearest first. */
function homesOf(control: HTMLElement): HTMLElement[] {
  const home = control.parentElement?.closest<HTMLElement>(HOMES);
  return home ? [home, ...homesOf(home)] : [];
}

/**
 * Keeps the keyboard's place when the button that was pressed goes with its row, as "Delete" and "Restore" do: the nearest part of the page
 * that is still there takes the focus. Without it browsers begin again at the top of the page.
 */
export function FocusKeeper() {
  useEffect(() => {
    let held: { control: HTMLElement; homes: HTMLElement[] } | null = null;
    let timer: number | undefined;
    const hold = (control: HTMLElement | null) => {
      held = control?.closest("main") && !control.matches("main") ? { control, homes: homesOf(control) } : null;
    };
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(FLOATING)) hold(target);
    };
    // A press beside all controls lets go; one that opens a menu takes the focus there without having had it.
    const press = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest(FLOATING)) hold(target.closest<HTMLElement>(CONTROLS));
    };
    const keep = () => {
      timer = undefined;
      if (!held || (held.control.isConnected && !held.control.matches(":disabled"))) return;
      if (document.activeElement !== document.body || document.querySelector(FLOATING)) return;
      const home = held.homes.find(({ isConnected }) => isConnected);
      held = null;
      if (!home) return;
      if (!home.hasAttribute("tabindex")) home.tabIndex = -1;
      home.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      if (held) timer ??= window.setTimeout(keep, PATIENCE);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", press);
    return () => {
      window.clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", press);
    };
  }, []);
  return null;
}
