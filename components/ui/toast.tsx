"use client";
import { useEffect, useState, type ComponentType } from "react";
import { post, whenWaiting, type ToastOptions } from "./toast-queue";

const say =
  (kind: "success" | "error" | "warning" | "info") =>
  (text: string, options?: ToastOptions): void =>
    post({ kind, text, options });

/** Shows a short message: `toast.success("Course published", { action: { label: "Undo", onClick: undo } })`. */
export const toast = { success: say("success"), error: say("error"), warning: say("warning"), info: say("info") };

/**
 * The place where toasts appear; once, in the root layout. No page starts with a toast, so its 10 kB come with the first touch of
 * pointer or keyboard: before any act that could have something to say, and while there is a connection.
 */
export function Toaster() {
  const [Panel, setPanel] = useState<ComponentType | null>(null);
  useEffect(() => {
    let asked = false;
    const load = () => {
      if (asked) return;
      asked = true;
      import("./toast-panel").then(
        ({ ToastPanel }) => setPanel(() => ToastPanel),
        // Not reached: what waits keeps waiting, and the next message, touch or connection asks again.
        () => {
          asked = false;
        },
      );
    };
    const stop = whenWaiting(load);
    const events = ["pointerdown", "keydown", "online"] as const;
    for (const name of events) window.addEventListener(name, load);
    return () => {
      stop();
      for (const name of events) window.removeEventListener(name, load);
    };
  }, []);
  return Panel ? <Panel /> : null;
}
