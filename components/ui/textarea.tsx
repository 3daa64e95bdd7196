"use client";
import type { ComponentProps } from "react";
import { useEarlyText, type ControlRef } from "@/hooks/use-early-text";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** Props of `Textarea`: those of the element, with a ref that can be read. */
export interface TextareaProps extends Omit<ComponentProps<"textarea">, "ref"> {
  ref?: ControlRef<HTMLTextAreaElement>;
}

/** Text of several lines; grows with its contents where the browser can, else it scrolls. */
export function Textarea({ className, rows = 4, ref, ...props }: TextareaProps) {
  const control = useFieldControl(props);
  const early = useEarlyText(ref);
  return (
    <textarea
      ref={early}
      rows={rows}
      className={cn(controlStyles, "field-sizing-content max-h-96 min-h-24 px-3 py-2 leading-6", className)}
      {...props}
      {...control}
    />
  );
}
