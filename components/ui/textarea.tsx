"use client";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** Text of several lines; grows with its contents where the browser can, else it scrolls. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  const control = useFieldControl(props);
  return (
    <textarea
      rows={rows}
      className={cn(controlStyles, "field-sizing-content max-h-96 min-h-24 px-3 py-2 leading-6", className)}
      {...props}
      {...control}
    />
  );
}
