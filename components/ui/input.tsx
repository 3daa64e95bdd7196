"use client";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** A text input. Inside a `Field` it is wired by itself; text is 16 px on phones, so iOS does not zoom. */
export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  const control = useFieldControl(props);
  return <input type={type} className={cn(controlStyles, "h-10 px-3 read-only:bg-sunken", className)} {...props} {...control} />;
}
