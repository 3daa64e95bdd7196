"use client";
import { useEffect, useRef, type FocusEvent } from "react";

/**
 * Keeps the keyboard in a region when the control that held it goes, as buttons of an upload do when it ends: else the next Tab would
 * begin at the top of the page. Spread `onFocus` and `onBlur` on the region.
 *
 * @param fallback where the keyboard goes then
 */
export function useKeptFocus(fallback: () => HTMLElement | null) {
  const held = useRef(false);
  useEffect(() => {
    if (held.current && document.activeElement === document.body) fallback()?.focus({ preventScroll: true });
  });
  return {
    /** The region is to have the keyboard although another place has it now, such as a dialog that closes. */
    claim: () => {
      held.current = true;
    },
    onFocus: () => {
      held.current = true;
    },
    onBlur: (event: FocusEvent) => {
      // A window that goes to the back leaves the focus where it is. A control that is removed says nothing.
      if (document.activeElement !== event.target) held.current = false;
    },
  };
}
