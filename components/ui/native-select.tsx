"use client";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** The browser's own select: the best choice on phones, in plain forms and in dense tables. */
export function NativeSelect({ className, children, ...props }: ComponentProps<"select">) {
  const control = useFieldControl(props);
  return (
    <span className={cn("relative block", className)}>
      <select className={cn(controlStyles, "h-10 appearance-none truncate pr-9 pl-3")} {...props} {...control}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3 right-3 size-4 text-muted" />
    </span>
  );
}
