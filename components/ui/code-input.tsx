"use client";
import { useState, type ChangeEvent, type ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

/** Props of `CodeInput`. */
export interface CodeInputProps extends Omit<ComponentProps<"input">, "value" | "defaultValue" | "onChange" | "maxLength"> {
  /** Number of digits. */
  length?: number;
  /** Leave out to let the field keep its own value. */
  value?: string;
  onValueChange?: (code: string) => void;
  /** Called with the whole code as soon as the last digit is in. */
  onComplete?: (code: string) => void;
}

/**
 * A one-time code. One real input under drawn boxes, so paste, autofill from mail and SMS, undo and screen readers
 * all work as in any text field. Anything but digits is dropped, so "123 456" may be pasted.
 */
export function CodeInput({ length = 6, value, onValueChange, onComplete, className, ...props }: CodeInputProps) {
  const control = useFieldControl(props);
  const [own, setOwn] = useState("");
  const [focused, setFocused] = useState(false);
  const code = value ?? own;

  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const next = event.target.value.replace(/\D/g, "").slice(0, length);
    if (next === code) return;
    setOwn(next);
    onValueChange?.(next);
    if (next.length === length) onComplete?.(next);
  };

  return (
    <span className={cn("relative block w-full max-w-80", className)}>
      <span aria-hidden className="grid gap-2" style={{ gridTemplateColumns: `repeat(${length}, minmax(0, 1fr))` }}>
        {Array.from({ length }, (_, index) => (
          <span
            key={index}
            className={cn(
              "grid h-14 place-items-center rounded-md border bg-surface font-mono text-2xl transition-colors",
              control["aria-invalid"] ? "border-danger" : "border-line-control",
              focused && index === Math.min(code.length, length - 1) && "outline-2 outline-accent-text",
            )}
          >
            {code[index] ?? ""}
          </span>
        ))}
      </span>
      <input
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern={`[0-9]{${length}}`}
        required
        {...props}
        {...control}
        value={code}
        onChange={change}
        onFocus={(event) => {
          setFocused(true);
          // The caret stays behind the last digit: the boxes show no other place for it.
          event.target.setSelectionRange(code.length, code.length);
          props.onFocus?.(event);
        }}
        onBlur={(event) => {
          setFocused(false);
          props.onBlur?.(event);
        }}
        className="absolute inset-0 size-full cursor-text rounded-md bg-transparent font-mono text-base text-transparent caret-transparent outline-none selection:bg-transparent"
      />
    </span>
  );
}
