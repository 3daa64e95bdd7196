"use client";
import type { ComponentProps } from "react";
import { useEarlyText, type ControlRef } from "@/hooks/use-early-text";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** Props of `Input`: those of the element, with a ref that can be read. */
export interface InputProps extends Omit<ComponentProps<"input">, "ref"> {
  ref?: ControlRef<HTMLInputElement>;
}

/** A text input. Inside a `Field` it is wired by itself; text is 16 px on phones, so iOS does not zoom. */
export function Input({ className, type = "text", ref, ...props }: InputProps) {
  const control = useFieldControl(props);
  const early = useEarlyText(ref);
  return (
    <input ref={early} type={type} className={cn(controlStyles, "h-10 px-3 read-only:bg-sunken", className)} {...props} {...control} />
  );
}
