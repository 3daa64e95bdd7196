"use client";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import type { CSSProperties } from "react";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { Spinner } from "./spinner";

/** Shows a short message: `toast.success("Course published")`, with `{ action: { label: "Undo", onClick } }` where it can be undone. */
export const toast = sonner;

const style: CSSProperties & Record<`--${string}`, string> = {
  "--normal-bg": "var(--raised)",
  "--normal-text": "var(--ink)",
  "--normal-border": "var(--line)",
  "--border-radius": "10px",
  fontFamily: "var(--font-sans)",
};

/** The place where toasts appear; once, in the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: 80 }}
      duration={6000}
      style={style}
      containerAriaLabel="Messages"
      toastOptions={{
        classNames: {
          description: "text-muted!",
          actionButton: "bg-accent! text-on-accent! rounded-sm!",
          cancelButton: "bg-sunken! text-ink! rounded-sm!",
        },
      }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-positive" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning" />,
        info: <Info aria-hidden className="size-4 text-muted" />,
        loading: <Spinner className="text-muted" />,
      }}
    />
  );
}
