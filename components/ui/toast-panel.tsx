"use client";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, type CSSProperties } from "react";
import { toast, Toaster as Sonner } from "sonner";
import { takeMessages } from "./toast-queue";

const style: CSSProperties & Record<`--${string}`, string> = {
  "--normal-bg": "var(--raised)",
  "--normal-text": "var(--ink)",
  "--normal-border": "var(--line)",
  "--border-radius": "10px",
  fontFamily: "var(--font-sans)",
};

/** The messages on screen, above the phone's tab bar, the tray of uploads and the bar that saves. `Toaster` loads it. */
export function ToastPanel() {
  const { resolvedTheme } = useTheme();
  useEffect(() => takeMessages(({ kind, text, options }) => void toast[kind](text, options)), []);
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      offset={{ bottom: "calc(24px + var(--tray-height, 0px) + var(--unsaved-bar-height, 0px))" }}
      mobileOffset={{ bottom: "calc(80px + var(--tray-height, 0px))" }}
      duration={6000}
      style={style}
      containerAriaLabel="Messages"
      toastOptions={{
        classNames: { description: "text-muted!", actionButton: "bg-accent! text-on-accent! rounded-sm!" },
      }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-positive" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning" />,
        info: <Info aria-hidden className="size-4 text-muted" />,
      }}
    />
  );
}
