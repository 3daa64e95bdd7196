"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { toast } from "./toast";

/** Props of `CopyButton`: those of `Button`, and what it copies. */
export interface CopyButtonProps extends Omit<ButtonProps, "onClick" | "children" | "asChild" | "pending"> {
  value: string;
  /** What is copied: "Copy the link". */
  label: string;
  /** Show the icon only; the label stays for screen readers. */
  iconOnly?: boolean;
}

/** Copies a text and says so. Where the browser refuses, the text is shown to be copied by hand. */
export function CopyButton({ value, label, iconOnly = false, variant = "secondary", size, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      toast.error("The browser did not allow copying.", { description: `Copy it by hand: ${value}`, duration: 20_000 });
      return;
    }
    setCopied(true);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setCopied(false), 2000);
  };

  return (
    <Button variant={variant} size={size ?? (iconOnly ? "icon-sm" : "sm")} onClick={() => void copy()} {...props}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {iconOnly ? <span className="sr-only">{label}</span> : <span>{copied ? "Copied" : label}</span>}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
