"use client";
import { useEffect, useRef, type RefObject } from "react";

type TextControl = HTMLInputElement | HTMLTextAreaElement;

/**
 * Tells React about text that is in a control but not in its `value`. React's tracker took that text for its own, so it is led to
 * forget it first: the prototype's setter is the one the tracker does not see.
 */
function announce(control: TextControl): void {
  const { value } = control;
  control.value = control.defaultValue;
  const prototype: unknown = Object.getPrototypeOf(control);
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A ref that can be read: what `useEarlyText` takes and gives. */
export type ControlRef<Control> = RefObject<Control | null>;

/**
 * Keeps what somebody typed, or the browser filled in, before the page's script was there: React leaves it in the box but does not tell
 * the component, which would wipe it at its next render. The control's `onChange` hears of it once, right after hydration.
 *
 * @param ref the caller's own ref, if any
 * @returns the ref to give to the input or textarea
 */
export function useEarlyText<Control extends TextControl>(ref?: ControlRef<Control>): ControlRef<Control> {
  const own = useRef<Control>(null);
  const shared = ref ?? own;
  useEffect(() => {
    const control = shared.current;
    if (control && control.value !== control.defaultValue) announce(control);
  }, [shared]);
  return shared;
}
